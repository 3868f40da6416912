using System.Net;
using SignalReview.Cases;
using SignalReview.Consultations;
using SignalReview.Decisions;
using SignalReview.Rooms;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages.Cases;

/// <summary>The pages of a case without a script: each form done, and each refusal giving back what was typed.</summary>
internal sealed class CaseFormsTests
{
    private WebHost host;

    [OneTimeSetUp]
    public void Start() => host = WebHost.Start();

    [OneTimeTearDown]
    public async Task StopAsync() => await host.DisposeAsync();

    [Test]
    public async Task Reader_accepts_asks_and_is_ready()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);

        var page = await reader.DoAsync((await reader.OpenAsync(walk.Path)).Form("acceptInvitation"));
        Assert.That(page.Text, Does.Contain("Fijn dat je meeleest."));
        Assert.That(page.HasForm("acceptInvitation"), Is.False);

        page = await reader.DoAsync(page.Form("askQuestion").With("question", "Wie maakte de clip?"));
        Assert.That(page.Text, Does.Contain("Wie maakte de clip?"));

        page = await reader.DoAsync(page.Form("readyToRead"));
        Assert.That(page.HasForm("readyToRead"), Is.False);
        Assert.That((await walk.FileAsync()).Invitations[0].ReadyAt, Is.Not.Null);
    }

    [Test]
    public async Task Reader_who_is_too_close_declines_and_somebody_else_is_asked()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var page = await reader.OpenAsync(walk.Path);

        var answer = await reader.SendAsync(page.Form("declineInvitation").With("conflictOfInterest", "true").With("reason", "Ik ken het gezin."));

        Assert.That(answer.Location, Does.StartWith("/?done=declineInvitation"));
        var file = await walk.FileAsync();
        Assert.That(file.Invitations[0], Is.Not.Null.And.Property("State").EqualTo(InvitationState.Declined).And.Property("Conflict").True);
        Assert.That(file.Invitations.Count(invitation => invitation.Active), Is.EqualTo(3));
        Assert.That((await reader.OpenAsync(walk.Path)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Submitter_answers_marks_what_helped_and_ends_the_questions()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        await walk.AskAsync(walk.Readers[0], "Wie maakte de clip?");
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var question = (await walk.FileAsync()).Questions[0].QuestionId;

        var refused = await owner.SendAsync((await owner.OpenAsync(walk.Path)).Form("answerQuestion", question).With("answer", "  "));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Text, Does.Contain("Je antwoord: dit ontbreekt nog."));

        var page = await owner.DoAsync(refused.Form("answerQuestion", question).With("answer", "Een jongen uit de groep."));
        Assert.That(page.Text, Does.Contain("Een jongen uit de groep."));
        page = await owner.DoAsync(page.Form("markQuestion", question));
        Assert.That(page.Text, Does.Contain("dit hielp"));
        page = await owner.DoAsync(page.Form("finishClarifying"));
        Assert.That(page.Text, Does.Contain("0 van 3 lezingen binnen"));
    }

    [Test]
    public async Task Owner_adds_hands_over_and_withdraws()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);

        var page = await owner.DoAsync((await owner.OpenAsync(walk.Path)).Form("addToSignal").With("text", "De clip is weg."));
        Assert.That(page.Text, Does.Contain("De clip is weg."));

        var refused = await owner.SendAsync(page.Form("transferCase").With("reason", "Ik ga met verlof."));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Form("transferCase")["reason"], Is.EqualTo("Ik ga met verlof."));

        var heir = await walk.IdOfAsync("w6");
        page = await owner.DoAsync(refused.Form("transferCase").With("newOwner", heir.ToString()));
        Assert.That((await walk.FileAsync()).Case.OwnerId.Value, Is.EqualTo(heir));

        var answer = await owner.SendAsync(page.Form("withdrawCase").With("reason", "Dubbel ingediend."));
        Assert.That(answer.Location, Does.StartWith("/?done=withdrawCase"));
        Assert.That((await walk.FileAsync()).Phase, Is.EqualTo(CasePhase.Withdrawn));
    }

    [Test]
    public async Task Facilitator_stops_the_clock_with_a_reason_and_lets_it_run_on()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var lead = await FormSurfer.AsAsync(host, CaseWalk.Facilitator);
        var page = await lead.OpenAsync(walk.Path);

        var refused = await lead.SendAsync(page.Form("pauseDeadline"));
        Assert.That(refused.Text, Does.Contain("Waarom"));
        page = await lead.DoAsync(refused.Form("pauseDeadline").With("reason", "De inzender is ziek."));
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        using var coordinator = await FormSurfer.AsAsync(host, "w7");
        var mine = (await reader.OpenAsync("/")).Text;
        var board = (await coordinator.OpenAsync("/board")).Text;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await walk.FileAsync()).OpenSteps[0].PausedAt, Is.Not.Null);
            Assert.That(page.Text, Does.Contain("De tijd staat stil").And.Contain("De inzender is ziek."));
            Assert.That(mine, Does.Contain("Tijd staat stil"));
            Assert.That(board, Does.Contain("loopt vanzelf weer vanaf"));
        }

        page = await lead.DoAsync(page.Form("resumeDeadline"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await walk.FileAsync()).OpenSteps[0].PausedAt, Is.Null);
            Assert.That(page.Text, Does.Not.Contain("De inzender is ziek."));
        }
    }

    [Test]
    public async Task Facilitator_gives_time_invites_replaces_and_reveals()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        await walk.ReadAsync(walk.Readers[0], 0);
        await walk.ReadAsync(walk.Readers[1], 1);
        using var lead = await FormSurfer.AsAsync(host, CaseWalk.Facilitator);
        var page = await lead.OpenAsync(walk.Path);

        var refused = await lead.SendAsync(page.Form("extendDeadline").With("dueAt", "2020-01-01T10:00").With("reason", "Drukke week."));
        Assert.That(refused.Text, Does.Contain("Tot wanneer: de nieuwe termijn moet later zijn"));
        Assert.That(refused.Form("extendDeadline")["reason"], Is.EqualTo("Drukke week."));
        page = await lead.DoAsync(refused.Form("extendDeadline").With("dueAt", "2099-01-01T10:00"));
        Assert.That((await walk.FileAsync()).OpenSteps[0].DueAt?.Year, Is.EqualTo(2099));

        var third = await walk.IdOfAsync(walk.Readers[2]);
        page = await lead.DoAsync(page.Form("replaceReader", third).With("reason", "Ziek."));
        Assert.That((await walk.FileAsync()).IsActiveReader(new(third)), Is.False);

        page = await lead.DoAsync(page.Form("revealInterpretations").With("reason", "Er is haast."));
        Assert.That(page.Path, Does.StartWith($"{walk.Path}/compare"));
        Assert.That(page.Text, Does.Contain(CaseWalk.Marker(walk.Readers[0])));
    }

    [Test]
    public async Task Reading_keeps_what_was_typed_until_it_is_complete()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var form = (await reader.OpenAsync($"{walk.Path}/read")).Form("submitInterpretation")
            .With("interpretation.encodingHypothesis", "Ze willen \"stoer\" zijn & bang maken <3")
            .With("interpretation.readingPosition", "negotiated")
            .And("interpretation.noise", "lyrics")
            .And("interpretation.noise", "trend")
            .With("interpretation.evidenceFor", "de straat\nde groep")
            .With("interpretation.concern", "11");

        var refused = await reader.SendAsync(form);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Text, Does.Contain("Wat je erin leest: dit ontbreekt nog."));
        Assert.That(refused.Text, Does.Contain("Zorg is een heel getal van 0 tot en met 10."));
        var back = refused.Form("submitInterpretation");
        Assert.Multiple(() =>
        {
            Assert.That(back["interpretation.encodingHypothesis"], Is.EqualTo("Ze willen \"stoer\" zijn & bang maken <3"));
            Assert.That(back["interpretation.readingPosition"], Is.EqualTo("negotiated"));
            Assert.That(back.All("interpretation.noise"), Is.EqualTo(new[] { "lyrics", "trend" }));
            Assert.That(back["interpretation.evidenceFor"]!.ReplaceLineEndings("\n"), Is.EqualTo("de straat\nde groep"));
            Assert.That(back["interpretation.concern"], Is.EqualTo("11"));
        });

        var page = await reader.DoAsync(back
            .With("interpretation.decoding", "Muziek.")
            .With("interpretation.positionality", "Ken het genre.")
            .With("interpretation.concern", "4")
            .With("interpretation.confidence", "60"));

        Assert.That(page.Text, Does.Contain("Je lezing ligt vast.").And.Contain("1 van 3 lezingen binnen"));
        Assert.That((await walk.FileAsync()).Interpretations.Single(), Has.Property("Concern").EqualTo(4).And.Property("Confidence").EqualTo(60));
        Assert.That((await reader.OpenAsync($"{walk.Path}/read")).Text, Does.Contain("Ken het genre."));
    }

    [Test]
    public async Task Reader_who_cannot_judge_says_so_and_why()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var form = (await reader.OpenAsync($"{walk.Path}/read")).Form("cannotRead").With("interpretation.kind", "questionUnclear");

        var refused = await reader.SendAsync(form);
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Form("cannotRead")["interpretation.kind"], Is.EqualTo("questionUnclear"));

        await reader.DoAsync(refused.Form("cannotRead").With("interpretation.reason", "Gaat het om de clip of om de reacties?"));
        Assert.That((await walk.FileAsync()).Interpretations.Single().Kind, Is.EqualTo(InterpretationKind.QuestionUnclear));
    }

    [Test]
    public async Task Draft_of_a_reading_survives_and_is_never_overwritten_in_silence()
    {
        var walk = await CaseWalk.InterpretingAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var first = (await reader.OpenAsync($"{walk.Path}/read")).Form("submitInterpretation");

        await reader.DoAsync(first.With("interpretation.decoding", "Op de telefoon geschreven.").And("do", "draft"));
        var page = await reader.OpenAsync($"{walk.Path}/read");
        Assert.That(page.Form("submitInterpretation")["interpretation.decoding"], Is.EqualTo("Op de telefoon geschreven."));
        Assert.That(page.Text, Does.Contain("Concept bewaard: vandaag"));

        // The other device still has the page from before.
        var refused = await reader.SendAsync(first.With("interpretation.decoding", "Op de laptop geschreven.").And("do", "draft"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Text, Does.Contain("Je hebt op een ander apparaat verder geschreven").And.Contain("Op de telefoon geschreven."));
        Assert.That(refused.Form("submitInterpretation")["interpretation.decoding"], Is.EqualTo("Op de laptop geschreven."));

        await reader.DoAsync(refused.Form("submitInterpretation").And("do", "draft"));
        Assert.That((await reader.OpenAsync($"{walk.Path}/read")).Form("submitInterpretation")["interpretation.decoding"], Is.EqualTo("Op de laptop geschreven."));
    }

    [Test]
    public async Task Form_that_is_sent_twice_is_done_once()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var form = (await owner.OpenAsync(walk.Path)).Form("addToSignal").With("text", "De clip is weg.");

        var first = await owner.SendAsync(form);
        var second = await owner.SendAsync(form);

        Assert.That(second.Location, Is.EqualTo(first.Location));
        Assert.That((await walk.FileAsync()).Additions, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Form_that_the_case_has_moved_past_gives_back_what_was_typed()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var form = (await reader.OpenAsync(walk.Path)).Form("askQuestion").With("question", "Wie maakte deze clip eigenlijk?");
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        await owner.DoAsync((await owner.OpenAsync(walk.Path)).Form("finishClarifying"));

        var refused = await reader.SendAsync(form);

        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Text, Does.Contain("Vragen stellen kan nu niet meer").And.Contain("Wie maakte deze clip eigenlijk?"));
        Assert.That(refused.Text, Does.Contain("Schrijf het in je lezing op"));

        // Somebody's cat on the keyboard: without a space or a mark it is not taken for a text, and looking for one ends.
        var odd = await reader.SendAsync(form.With("question", new string('x', 120_000)));
        Assert.That(odd.Status, Is.EqualTo(HttpStatusCode.Conflict));
    }

    [Test]
    public async Task Form_without_the_pages_token_is_not_taken()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var form = (await owner.OpenAsync(walk.Path)).Form("addToSignal").With("text", "De clip is weg.");

        var answer = await owner.SendAsync(form with { Fields = [.. form.Fields.Where(field => field.Key != "__RequestVerificationToken")] });

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That((await walk.FileAsync()).Additions, Is.Empty);
    }

    [Test]
    public async Task Owner_chooses_after_comparing([Values] bool room)
    {
        var walk = await CaseWalk.ComparingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await owner.OpenAsync($"{walk.Path}/compare");
        Assert.That(page.Text, Does.Contain("De lezingen lopen uiteen").And.Contain("loopt van 3 tot 7").And.Contain("verschilt"));

        await owner.DoAsync(page.Form(room ? "openRoom" : "decideWithoutRoom"));

        Assert.That((await walk.FileAsync()).Phase, Is.EqualTo(room ? CasePhase.Room : CasePhase.Deciding));
    }

    [Test]
    public async Task Decision_that_departs_from_the_vote_asks_why_and_keeps_everything()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await owner.OpenAsync($"{walk.Path}/decide");
        Assert.That(page.Text, Does.Contain("gekozen door 3 van 4").And.Contain(CaseWalk.Marker(walk.Readers[0])));
        var form = page.Form("decide")
            .With("decision.outcome", "support")
            .With("decision.facts", "De straatnaam is later toegevoegd.\nGeen wapens in beeld.")
            .With("decision.rationale", "We kennen de jongens.")
            .With("decision.reviewDate", "2099-05-01")
            .With("approver", (await walk.IdOfAsync(walk.Approver)).ToString());

        // Two actions, before and after, added without a script; nothing typed is lost on the way.
        page = await owner.SendAsync(form.And("do", "pair"));
        form = page.Form("decide");
        Assert.That(form["decision.followUps[1].timing"], Is.EqualTo("after"));
        Assert.That(form["decision.rationale"], Is.EqualTo("We kennen de jongens."));
        form = form.With("decision.followUps[0].action", "Bel vooraf.").With("decision.followUps[0].outsideWorkingHours", "true");
        page = await owner.SendAsync(form.And("do", "preview"));
        Assert.That(page.Text, Does.Contain("Zo komt het in het spoor").And.Contain("Dit wijkt af van de stemming."));

        var refused = await owner.SendAsync(page.Form("decide"));
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(refused.Text, Does.Contain("Je wijkt af van de stemming. Dat mag; schrijf op waarom."));
        Assert.That(refused.Text, Does.Contain("De lezingen lopen uiteen. Schrijf op hoe je ze hebt gewogen."));
        Assert.That(refused.Text, Does.Contain("Waarom buiten werktijd: dit ontbreekt nog."));
        form = refused.Form("decide");
        Assert.That(form["decision.facts"]!.ReplaceLineEndings("\n"), Is.EqualTo("De straatnaam is later toegevoegd.\nGeen wapens in beeld."));

        page = await owner.DoAsync(form
            .With("decision.deviationReason", "Steun past beter bij wat de school zag.")
            .With("decision.weighing", "Wie de scene kent woog het zwaarst.")
            .With("decision.followUps[0].due", "2099-04-01")
            .With("decision.followUps[0].exceptionReason", "De wedstrijd is zaterdag."));

        Assert.That(page.Text, Does.Contain("Je besluit ligt vast."));
        var file = await walk.FileAsync();
        Assert.That(file.CurrentDecision, Has.Property("Deviates").True.And.Property("Outcome").EqualTo(VoteOption.Support));
        Assert.That(file.FollowUps, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Draft_of_a_decision_survives()
    {
        var walk = await CaseWalk.DecidingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var form = (await owner.OpenAsync($"{walk.Path}/decide")).Form("decide").With("decision.rationale", "Nog niet af.").And("do", "draft");

        var page = await owner.DoAsync(form);

        Assert.That(page.Form("decide")["decision.rationale"], Is.EqualTo("Nog niet af."));
        Assert.That((await walk.FileAsync()).Decisions, Is.Empty);
    }

    [Test]
    public async Task In_acute_danger_the_call_card_comes_first_and_nobody_is_waited_for()
    {
        var walk = await CaseWalk.SubmittedAsync(host, "urgent");
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await owner.OpenAsync($"{walk.Path}/decide");
        Assert.That(page.Html.IndexOf("tel:112", StringComparison.Ordinal), Is.GreaterThan(0).And.LessThan(page.Html.IndexOf("decision.rationale", StringComparison.Ordinal)));
        Assert.That(page.Html, Does.Not.Contain("name=\"approver\""));

        await owner.DoAsync(page.Form("decide")
            .With("decision.facts", "Hij schreef dat hij afscheid nam.")
            .With("decision.rationale", "112 gebeld en gebleven.")
            .With("decision.reviewDate", "2099-05-01"));

        Assert.That((await walk.FileAsync()).CurrentDecision?.State, Is.EqualTo(DecisionState.Immediate));
    }

    [Test]
    public async Task Dissenter_is_asked_states_and_then_the_approver_approves()
    {
        var walk = await CaseWalk.ApprovingAsync(host);
        var dissenter = await walk.IdOfAsync(walk.Readers[0]);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        using var approver = await FormSurfer.AsAsync(host, walk.Approver);

        await owner.DoAsync((await owner.OpenAsync($"{walk.Path}/approve")).Form("askDissent", dissenter).With("proposal", "Jij zag liever steun."));
        var waiting = await approver.OpenAsync($"{walk.Path}/approve");
        Assert.That(waiting.HasForm("approveDecision"), Is.False);
        Assert.That(waiting.Text, Does.Contain("Nog niet goed te keuren"));

        var page = await reader.OpenAsync($"{walk.Path}/dissent");
        Assert.That(page.Text, Does.Contain("Jij zag liever steun."));
        var refused = await reader.SendAsync(page.Form("stateDissent").With("statement", " "));
        Assert.That(refused.Text, Does.Contain("Je standpunt: dit ontbreekt nog."));
        await reader.DoAsync(refused.Form("stateDissent").With("statement", "Eerst steun, dan").With("do", "draft"));
        Assert.That((await approver.OpenAsync($"{walk.Path}/approve")).Html, Does.Not.Contain("Eerst steun, dan"));

        // A draft is not approved; words that are not approved stand nowhere.
        page = await reader.OpenAsync($"{walk.Path}/dissent");
        Assert.That(page.Form("stateDissent")["statement"], Is.EqualTo("Eerst steun, dan"));
        refused = await reader.SendAsync(page.Form("stateDissent").With("statement", "Eerst steun, dan praten."));
        Assert.That(refused.Text, Does.Contain("Keur je woorden eerst zelf goed."));
        Assert.That((await walk.FileAsync()).Dissents.Single().State, Is.EqualTo(DissentState.Asked));
        page = await reader.DoAsync(refused.Form("stateDissent").And("approved", "true"));
        Assert.That(page.Text, Does.Contain("zoals jij het goedkeurde").And.Contain("Jouw standpunt bij het besluit Eerst steun, dan praten."));

        page = await approver.OpenAsync($"{walk.Path}/approve");
        Assert.That(page.Text, Does.Contain("Eerst steun, dan praten.").And.Contain("Meest gekozen: In gesprek met de jongere."));
        await approver.DoAsync(page.Form("approveDecision").With("remark", "Helder."));
        Assert.That((await walk.FileAsync()).CurrentDecision?.State, Is.EqualTo(DecisionState.Approved));

        // At the look back it stands beside what happened, and its writer has the last word.
        page = await owner.OpenAsync($"{walk.Path}/follow-up");
        var review = page.Form("reviewCase").With("actualMeaning", "Een oude ruzie.").With("learning", "Eerst vragen.");
        refused = await owner.SendAsync(review);
        Assert.That(refused.Text, Does.Contain("Eerst steun, dan praten.").And.Contain("Wat er gebeurde: dit ontbreekt nog."));
        await owner.DoAsync(refused.Form("reviewCase").With("dissents[0].happened", "De steun kwam na het gesprek."));
        page = await reader.OpenAsync($"{walk.Path}/dissent");
        Assert.That(page.Text, Does.Contain("De steun kwam na het gesprek."));
        await reader.DoAsync(page.Form("closeDissent").With("word", "Zo was het goed."));
        Assert.That((await owner.OpenAsync($"{walk.Path}/follow-up")).Text, Does.Contain("Zo was het goed."));
    }

    [Test]
    public async Task Who_was_asked_may_have_no_statement()
    {
        var walk = await CaseWalk.ApprovingAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        await owner.DoAsync((await owner.OpenAsync($"{walk.Path}/approve")).Form("askDissent", await walk.IdOfAsync(walk.Readers[0])));
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);

        await reader.DoAsync((await reader.OpenAsync($"{walk.Path}/dissent")).Form("waiveDissent"));

        Assert.That((await walk.FileAsync()).Dissents.Single().State, Is.EqualTo(DissentState.Waived));
    }

    [Test]
    public async Task Approver_sends_back_with_a_reason_and_the_owner_reads_it()
    {
        var walk = await CaseWalk.ApprovingAsync(host);
        using var approver = await FormSurfer.AsAsync(host, walk.Approver);
        var page = await approver.OpenAsync($"{walk.Path}/approve");

        var refused = await approver.SendAsync(page.Form("returnDecision"));
        Assert.That(refused.Text, Does.Contain("Schrijf op waarom."));
        await approver.DoAsync(refused.Form("returnDecision").With("reason", "Noem wat de school zei."));

        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var decide = await owner.OpenAsync($"{walk.Path}/decide");
        Assert.That(decide.Text, Does.Contain("Je voorstel kwam terug").And.Contain("Noem wat de school zei."));
        Assert.That(decide.Form("decide")["decision.rationale"], Is.EqualTo("We kennen de jongens en kunnen het vragen."));
    }

    [Test]
    public async Task Actions_are_done_and_planned_and_the_look_back_closes_the_case()
    {
        var walk = await CaseWalk.FollowingUpAsync(host);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);
        var page = await owner.OpenAsync($"{walk.Path}/follow-up");
        var action = (await walk.FileAsync()).FollowUps[0].FollowUpId;

        page = await owner.DoAsync(page.Form("completeFollowUp", action).With("result", "Ze haalden de straat eruit."));
        Assert.That(page.Text, Does.Contain("Ze haalden de straat eruit."));

        var refused = await owner.SendAsync(page.Form("planFollowUp").With("followUp.action", "Nog eens langs."));
        Assert.That(refused.Text, Does.Contain("Uiterlijk wanneer: dit ontbreekt nog."));
        page = await owner.DoAsync(refused.Form("planFollowUp").With("followUp.due", "2099-04-01"));
        Assert.That((await walk.FileAsync()).FollowUps, Has.Count.EqualTo(2));

        refused = await owner.SendAsync(page.Form("reviewCase").With("actualMeaning", "Een oude ruzie, en muziek."));
        Assert.That(refused.Form("reviewCase")["actualMeaning"], Is.EqualTo("Een oude ruzie, en muziek."));
        page = await owner.DoAsync(refused.Form("reviewCase").With("learning", "Vraag eerst naar de tekst."));
        Assert.That((await walk.FileAsync()).Phase, Is.EqualTo(CasePhase.Closed));
        Assert.That((await owner.OpenAsync($"{walk.Path}/follow-up")).Text, Does.Contain("nog te doen").And.Contain("De zaak is gesloten; deze actie loopt nog."));

        // Each reader finds it beside their own reading; nobody finds it beside another's.
        using var reader = await FormSurfer.AsAsync(host, walk.Readers[0]);
        var look = await reader.OpenAsync($"{walk.Path}/follow-up");
        Assert.That(look.Text, Does.Contain("Een oude ruzie, en muziek.").And.Contain(CaseWalk.Marker(walk.Readers[0])));
        Assert.That(look.Html, Does.Not.Contain(CaseWalk.Marker(walk.Readers[1])));

        await owner.DoAsync(page.Form("reopenCase").With("reason", "Er kwam een nieuwe clip."));
        Assert.That((await walk.FileAsync()).Phase, Is.EqualTo(CasePhase.Deciding));
    }

    [Test]
    public async Task Privacy_officer_stops_a_case_and_nobody_sees_its_content_any_more()
    {
        var walk = await CaseWalk.SubmittedAsync(host);
        using var officer = await FormSurfer.AsAsync(host, CaseWalk.PrivacyOfficer);
        using var owner = await FormSurfer.AsAsync(host, CaseWalk.Owner);

        var page = await officer.OpenAsync(walk.Path);
        Assert.That(page.Html, Does.Not.Contain("Groep Merel"));
        Assert.That((await owner.OpenAsync(walk.Path)).HasForm("stopCase"), Is.False);

        page = await officer.DoAsync(page.Form("stopCase").With("reason", "Gezien met een nepaccount."));
        Assert.That(page.Text, Does.Contain("Deze zaak is gestopt").And.Contain("Gezien met een nepaccount."));
        var refused = await officer.SendAsync(page.Form("handleStop"));
        Assert.That(refused.Text, Does.Contain("De maatregelen: dit ontbreekt nog."));
        page = await officer.DoAsync(refused.Form("handleStop").With("measures", "Gesproken met de stagiair."));
        Assert.That(page.Text, Does.Contain("Gesproken met de stagiair."));

        var closed = await owner.OpenAsync(walk.Path);
        Assert.That(closed.Html, Does.Not.Contain("Groep Merel").And.Not.Contain("Gezien met een nepaccount."));
    }
}
