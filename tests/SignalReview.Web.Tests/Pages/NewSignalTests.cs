using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Cases;
using SignalReview.People;
using SignalReview.Storage;
using SignalReview.Web.Signals;
using SignalReview.Web.Tests.Support;

namespace SignalReview.Web.Tests.Pages;

/// <summary>A new signal by plain forms, as a browser without scripts sends them.</summary>
internal sealed partial class NewSignalTests
{
    private static readonly Dictionary<string, string> Online = new(StringComparer.Ordinal)
    {
        ["online.factualDescription"] = "Zwart beeld met witte tekst.\nGeen geluid.",
        ["online.literalText"] = "bedankt iedereen 🖤",
        ["online.platform"] = "Snapchat",
        ["online.visibility"] = "closeFriends",
        ["online.accessRoute"] = "professionalAccount",
    };

    private static readonly Dictionary<string, string> Offline = new(StringComparer.Ordinal)
    {
        ["offline.relationship"] = "Drie jaar in de meidengroep",
        ["offline.unknowns"] = "of er iemand bij haar is\nwie het zag",
    };

    private static readonly Dictionary<string, string> Reading = new(StringComparer.Ordinal)
    {
        ["reading.encodingHypothesis"] = "Een roep om contact",
        ["reading.ownDecoding"] = "Ik lees een afscheid",
        ["reading.alternativeReading"] = "Een songtekst",
        ["reading.confidence"] = "40",
    };

    private static readonly Dictionary<string, string> Question = new(StringComparer.Ordinal)
    {
        ["consultationQuestion"] = "Bel ik nu of morgen?",
        ["title"] = "Zwarte story op vrijdagavond",
        ["tags"] = "Snapchat, mentale gezondheid",
    };

    private WebHost host;
    private PlainBrowser samira;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        host = WebHost.Start();
        samira = await PlainBrowser.SignInAsync(host, "w1");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        samira.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task A_signal_is_submitted_by_plain_forms_alone()
    {
        var check = await FilledInAsync();
        Assert.That(check.Path, Does.EndWith("/check"));
        Assert.That(check.Text, Does.Contain("Zwart beeld met witte tekst.").And.Contain("Een songtekst").And.Contain("Volledig overleg"));

        var done = await samira.SendAsync(check, "check", new() { ["go"] = "submit" });

        var file = await CaseAsync(IdOf(check));
        Assert.Multiple(() =>
        {
            Assert.That(done.Path, Is.EqualTo($"/cases/{IdOf(check)}"));
            Assert.That(file.Phase, Is.Not.EqualTo(CasePhase.Draft));
            Assert.That(file.Case.Workflow, Does.StartWith("collegial-consultation"));
            Assert.That(file.Case.Platform, Is.EqualTo("Snapchat"));
            Assert.That(file.Tags, Is.EquivalentTo(new[] { "Snapchat", "mentale gezondheid" }));
        });
    }

    [Test]
    public async Task Sent_twice_it_is_one_case_and_the_same_answer()
    {
        var check = await FilledInAsync();
        var sends = await Task.WhenAll(
            samira.SendAsync(check, "check", new() { ["go"] = "submit" }),
            samira.SendAsync(check, "check", new() { ["go"] = "submit" }));
        var later = await samira.SendAsync(check, "check", new() { ["go"] = "submit" });

        Assert.That(sends.Append(later).Select(page => page.Path), Has.All.EqualTo($"/cases/{IdOf(check)}"));
    }

    [Test]
    public async Task The_start_sent_twice_opens_one_draft()
    {
        var start = await samira.OpenAsync("/signals/new");
        var first = await samira.SendAsync(start, "start", new() { ["urgency"] = "days" });
        var second = await samira.SendAsync(start, "start", new() { ["urgency"] = "days" });

        Assert.That(second.Path, Is.EqualTo(first.Path));
    }

    [Test]
    public async Task A_form_whose_number_was_used_for_something_else_says_so_and_works_when_it_is_sent_again()
    {
        var theirs = await samira.OpenAsync("/signals/new");
        await samira.SendAsync(theirs, "start", new() { ["urgency"] = "days" });
        using var yusuf = await PlainBrowser.SignInAsync(host, "w8");
        var number = theirs.Fields("start").Single(field => field.Key == "commandId").Value;

        var refused = await yusuf.SendAsync(await yusuf.OpenAsync("/signals/new"), "start", new() { ["urgency"] = "days", ["commandId"] = number });
        Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That(refused.Text, Does.Contain("Verstuur het nog eens."));

        var done = await yusuf.SendAsync(refused, "start", new() { ["urgency"] = "days" });
        Assert.That(done.Path, Does.EndWith("/online"));
    }

    [Test]
    public async Task Looking_at_the_first_step_starts_nothing()
    {
        using var joost = await PlainBrowser.SignInAsync(host, "w2");
        await joost.OpenAsync("/signals/new");
        var work = await joost.OpenAsync("/");

        Assert.That(work.Text, Does.Contain("Mijn werk").And.Not.Contain("Concepten"));
    }

    [Test]
    public async Task Without_a_choice_the_first_step_says_so_and_opens_no_draft()
    {
        var start = await samira.OpenAsync("/signals/new");
        var refused = await samira.SendAsync(start, "start");

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(refused.Path, Is.EqualTo("/signals/new"));
            Assert.That(refused.Text, Does.Contain("Kies hoe snel je collega’s nodig hebt."));
        });
    }

    [Test]
    public async Task A_refused_submission_names_what_is_missing_links_to_it_and_keeps_everything()
    {
        var online = await StartAsync("days");
        await samira.SendAsync(online, "signal", new() { ["online.factualDescription"] = "Drie emoji.", ["go"] = "next" });
        var check = await samira.OpenAsync(PathOf(online, "check"));
        var refused = await samira.SendAsync(check, "check", new() { ["go"] = "submit" });

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(refused.Text, Does.Contain("Je kunt nog niet indienen").And.Contain("Er staat nog geen andere lezing.").And.Contain("Er staat nog niets over offline."));
            Assert.That(refused.Html, Does.Contain($"{PathOf(online, "reading")}?from=check#reading-alternativeReading"));
            Assert.That(refused.Text, Does.Contain("Drie emoji."));
        });

        var reading = await samira.OpenAsync($"{PathOf(online, "reading")}?from=check");
        Assert.That(reading.Text, Does.Contain("Er staat nog geen andere lezing."));
        var back = await samira.SendAsync(reading, "signal", With(Reading, "next"));
        Assert.That(back.Path, Does.EndWith("/check"));
        Assert.That(back.Text, Does.Not.Contain("Er staat nog geen andere lezing."));
    }

    [Test]
    public async Task A_step_goes_back_and_can_be_left_for_later()
    {
        var online = await StartAsync("days");
        var offline = await samira.SendAsync(online, "signal", With(Online, "next"));
        var back = await samira.SendAsync(offline, "signal", With(Offline, "back"));
        var later = await samira.SendAsync(back, "signal", new() { ["online.literalText"] = "", ["go"] = "later" });
        var again = await samira.OpenAsync(PathOf(online, "online"));
        var kept = await samira.OpenAsync(PathOf(online, "offline"));

        Assert.Multiple(() =>
        {
            Assert.That(back.Path, Does.EndWith("/online"));
            Assert.That(later.Path, Is.EqualTo("/"));
            Assert.That(later.Text, Does.Contain("Je tekst is bewaard.").And.Contain("Concepten"));
            Assert.That(Field(again, "online.literalText"), Is.Empty);
            Assert.That(Field(again, "online.factualDescription"), Does.StartWith("Zwart beeld"));
            Assert.That(Field(kept, "offline.unknowns"), Does.Contain("wie het zag"));
        });
    }

    [Test]
    public async Task Two_devices_on_one_step_lose_nothing_and_see_both_versions()
    {
        var phone = await StartAsync("days");
        var desk = await samira.OpenAsync(phone.Path);
        await samira.SendAsync(desk, "signal", With(Online, "next"));

        var conflict = await samira.SendAsync(phone, "signal", new() { ["online.factualDescription"] = "Vanaf mijn telefoon.", ["go"] = "next" });
        Assert.Multiple(() =>
        {
            Assert.That(conflict.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(conflict.Text, Does.Contain("ook ergens anders gewijzigd").And.Contain("Zwart beeld met witte tekst."));
            Assert.That(Field(conflict, "online.factualDescription"), Is.EqualTo("Vanaf mijn telefoon."));
            Assert.That(Field(conflict, "online.platform"), Is.Empty, "the version of the other device is beside the form, not in it");
        });

        var stored = await samira.OpenAsync(phone.Path);
        Assert.That(Field(stored, "online.factualDescription"), Does.StartWith("Zwart beeld"), "nothing was written over");

        var mine = await samira.SendAsync(conflict, "signal", new() { ["go"] = "next" });
        Assert.That(mine.Path, Does.EndWith("/offline"));
        Assert.That(Field(await samira.OpenAsync(phone.Path), "online.factualDescription"), Is.EqualTo("Vanaf mijn telefoon."));
    }

    [Test]
    public async Task Two_devices_on_different_steps_do_not_disturb_each_other()
    {
        var online = await StartAsync("days");
        var reading = await samira.OpenAsync(PathOf(online, "reading"));
        await samira.SendAsync(online, "signal", With(Online, "next"));
        var next = await samira.SendAsync(reading, "signal", With(Reading, "next"));
        var check = await samira.OpenAsync(PathOf(online, "check"));

        Assert.That(next.Path, Does.EndWith("/question"));
        Assert.That(check.Text, Does.Contain("Zwart beeld met witte tekst.").And.Contain("Een songtekst"));
    }

    [Test]
    public async Task A_date_that_cannot_be_read_comes_back_as_it_was_typed()
    {
        var online = await StartAsync("days");
        var refused = await samira.SendAsync(online, "signal", new() { ["observedAt"] = "eergisteren", ["online.factualDescription"] = "Drie emoji.", ["go"] = "next" });

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(refused.Text, Does.Contain("Deze datum of tijd kunnen we niet lezen."));
            Assert.That(Field(refused, "observedAt"), Is.EqualTo("eergisteren"));
            Assert.That(Field(refused, "online.factualDescription"), Is.EqualTo("Drie emoji."));
        });
    }

    [Test]
    public async Task A_form_without_its_token_changes_nothing()
    {
        var online = await StartAsync("days");
        var fields = online.Fields("signal").Where(field => !field.Key.StartsWith("__RequestVerification", StringComparison.Ordinal))
            .Append(new("online.factualDescription", "Van een andere site."));
        var refused = await samira.PostAsync(online.Address, fields);
        var autosave = await samira.PostAsync(new(host.Address, $"{online.Path}/autosave"), fields);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(autosave.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        });
        Assert.That(Field(await samira.OpenAsync(online.Path), "online.factualDescription"), Is.Empty);
    }

    [Test]
    public async Task What_was_seen_in_a_way_that_is_not_allowed_is_stopped_without_a_word_of_it()
    {
        var online = await StartAsync("days");
        var fields = With(Online, "next");
        fields["online.accessRoute"] = "unlawful";
        var stop = await samira.SendAsync(online, "signal", fields);
        var autosave = await samira.PostAsync(new(host.Address, $"{online.Path}/autosave"), [.. online.Fields("signal").Where(f => f.Key.StartsWith("__", StringComparison.Ordinal)), .. fields]);
        var kept = await samira.OpenAsync(online.Path);
        Assert.Multiple(() =>
        {
            Assert.That(stop.Path, Does.EndWith("/stop"));
            Assert.That(stop.Text, Does.Contain("Dit signaal stopt hier").And.Contain("niet wat erin stond").And.Contain("112"));
            Assert.That(autosave.Html, Does.Contain("\"unlawful\"").And.Not.Contain("Zwart beeld"));
            Assert.That(Field(kept, "online.factualDescription"), Is.Empty);
        });

        var stopped = await samira.SendAsync(stop, "stop");
        var again = await samira.SendAsync(stop, "stop");
        var file = await CaseAsync(IdOf(online));
        Assert.Multiple(() =>
        {
            Assert.That(stopped.Path, Is.EqualTo("/signals/stopped"));
            Assert.That(again.Path, Is.EqualTo("/signals/stopped"));
            Assert.That(file.Phase, Is.EqualTo(CasePhase.Stopped));
            Assert.That(file.Case.Platform, Is.Null);
        });
    }

    [Test]
    public async Task Acute_shows_whom_to_call_on_every_step_and_takes_the_urgent_way()
    {
        var page = await StartAsync("acute");
        var start = await samira.OpenAsync("/signals/new");
        Assert.That(start.Html, Does.Contain("tel:112").And.Contain("tel:113").And.Contain("tel:08000113").And.Contain("tel:08002000"));
        Assert.That(page.Html, Does.Contain("tel:112").And.Contain("tel:113").And.Contain("tel:08002000"), "in brief, one number for each");

        page = await samira.SendAsync(page, "signal", With(Online, "next"));
        page = await samira.SendAsync(page, "signal", With(Offline, "next"));
        page = await samira.SendAsync(page, "signal", With(Reading, "next"));
        var check = await samira.SendAsync(page, "signal", With(Question, "next"));
        Assert.That(check.Text, Does.Contain("Spoedroute"));
        await samira.SendAsync(check, "check", new() { ["go"] = "submit" });

        Assert.That((await CaseAsync(IdOf(check))).Case.Workflow, Does.StartWith("urgent"));
    }

    [Test]
    public async Task Names_are_marked_where_they_stand_and_replaced_by_the_pseudonym_everywhere()
    {
        var online = await StartAsync("days");
        var fields = With(Online, "next");
        fields["online.factualDescription"] = "Story van Kevin de Vries, bel 06-12345678.";
        fields["online.literalText"] = "sorry kevin de vries niet echt";
        var page = await samira.SendAsync(online, "signal", fields);
        page = await samira.SendAsync(page, "signal", With(Offline, "next"));
        page = await samira.SendAsync(page, "signal", With(Reading, "next"));
        var question = With(Question, "next");
        question["pseudonym"] = "Kievit";
        var check = await samira.SendAsync(page, "signal", question);
        Assert.That(check.Html, Does.Contain("<mark>Kevin de Vries</mark>").And.Contain("<mark>06-12345678</mark>").And.Contain("<mark>kevin</mark>"));

        var replaced = await samira.SendAsync(check, "check", new() { ["replace"] = "Kevin de Vries" });
        var number = await samira.SendAsync(replaced, "check", new() { ["replace"] = "06-12345678" });

        Assert.Multiple(() =>
        {
            Assert.That(number.Path, Does.EndWith("/check"));
            Assert.That(number.Text, Does.Contain("Story van Kievit, bel [telefoonnummer]."));
            Assert.That(number.Html, Does.Not.Contain("<mark>Kevin").And.Contain("<mark>kevin</mark>"));
        });

        var sent = await samira.SendAsync(number, "check", new() { ["go"] = "submit" });
        Assert.That(sent.Path, Is.EqualTo($"/cases/{IdOf(online)}"), "a warning never blocks");
    }

    [Test]
    public async Task A_draft_is_thrown_away_only_after_a_second_question()
    {
        var online = await StartAsync("days");
        await samira.SendAsync(online, "signal", With(Online, "later"));
        var ask = await samira.OpenAsync(PathOf(online, "discard"));
        Assert.That((await CaseAsync(IdOf(online))).Phase, Is.EqualTo(CasePhase.Draft));

        var done = await samira.SendAsync(ask, "discard");
        Assert.Multiple(() =>
        {
            Assert.That(done.Text, Does.Contain("Het concept is weg."));
            Assert.That(done.Html, Does.Not.Contain(IdOf(online).ToString()));
        });
        Assert.That((await CaseAsync(IdOf(online))).Phase, Is.EqualTo(CasePhase.Withdrawn));
    }

    [Test]
    public async Task An_image_is_described_first_and_can_be_taken_away_again()
    {
        var online = await StartAsync("days");
        await samira.SendAsync(online, "signal", With(Online, "later"));
        var page = await samira.OpenAsync(PathOf(online, "images"));
        var undescribed = await samira.SendFileAsync(page, "image", [], "image", Picture());
        var unreadable = await samira.SendFileAsync(page, "image", new() { ["description"] = "Een zwart vlak." }, "image", [1, 2, 3]);
        var added = await samira.SendFileAsync(page, "image", new() { ["description"] = "Een zwart vlak." }, "image", Picture());
        var check = await samira.OpenAsync(PathOf(online, "check"));
        Assert.Multiple(() =>
        {
            Assert.That(undescribed.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(undescribed.Text, Does.Contain("De beschrijving komt eerst."));
            Assert.That(unreadable.Text, Does.Contain("kunnen we niet lezen als afbeelding"));
            Assert.That(unreadable.Text, Does.Contain("Een zwart vlak."), "what was typed stays");
            Assert.That(added.Text, Does.Contain("De afbeelding is toegevoegd.").And.Contain("Afbeelding 1"));
            Assert.That(check.Text, Does.Contain("1 toegevoegd."));
        });

        var remove = Remove().Match(added.Html).Value;
        var removed = await samira.SendAsync(added, remove);
        Assert.That(removed.Text, Does.Contain("De afbeelding is weg.").And.Not.Contain("Afbeelding 1"));
    }

    [Test]
    public async Task With_an_intimate_image_nothing_can_be_added_and_it_says_what_to_do()
    {
        var online = await StartAsync("days");
        var fields = With(Online, "later");
        var page = await samira.OpenAsync(PathOf(online, "images"));
        fields["intimateImageOfMinor"] = "true";
        await samira.SendAsync(online, "signal", fields);
        var closed = await samira.OpenAsync(PathOf(online, "images"));
        var sent = await samira.SendFileAsync(page, "image", new() { ["description"] = "Een beeld." }, "image", Picture());

        Assert.Multiple(() =>
        {
            Assert.That(closed.Text, Does.Contain("Bewaar het beeld niet").And.Contain("0900-8844"));
            Assert.That(closed.Html, Does.Not.Contain("type=\"file\""));
            Assert.That(sent.Text, Does.Not.Contain("is toegevoegd"));
        });
        Assert.That((await CaseAsync(IdOf(online))).Images, Is.Empty);
    }

    [Test]
    public async Task Another_person_finds_no_draft_here([Values("online", "check", "images", "discard", "stop")] string step)
    {
        var online = await StartAsync("days");
        using var joost = await PlainBrowser.SignInAsync(host, "w2");
        var page = await joost.OpenAsync(PathOf(online, step));

        Assert.That(page.Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Who_is_no_worker_is_told_what_to_do_instead()
    {
        using var hanna = await PlainBrowser.SignInAsync(host, "w10");
        var page = await hanna.OpenAsync("/signals/new");
        var work = await hanna.OpenAsync("/");

        Assert.Multiple(() =>
        {
            Assert.That(page.Text, Does.Contain("Je kunt geen signaal beginnen").And.Contain("Bel 112"));
            Assert.That(work.Html, Does.Contain("href=\"/trails\"").And.Not.Contain("href=\"/signals/new\""));
        });
    }

    [Test]
    public async Task A_draft_goes_on_at_the_first_step_that_misses_something()
    {
        var online = await StartAsync("days");
        var offline = await samira.SendAsync(online, "signal", With(Online, "next"));
        await samira.SendAsync(offline, "signal", With(Offline, "later"));

        Assert.That((await samira.OpenAsync($"/signals/{IdOf(online)}")).Path, Does.EndWith("/reading"));
    }

    [Test]
    public async Task In_English_every_step_is_English()
    {
        var online = await StartAsync("days");
        string[] titles = ["danger|Is there danger now?", "online|What did you see online?", "offline|What do you know offline?", "reading|How do you read it?", "question|What is your question?", "check|Check it and submit"];
        foreach (var title in titles.Select(t => t.Split('|')))
        {
            var page = await samira.OpenAsync($"{PathOf(online, title[0])}?culture=en");
            Assert.That(page.Text, Does.Contain(title[1]).And.Not.Contain("Ga verder").And.Not.Contain("niet verplicht"));
        }

        await samira.OpenAsync("/?culture=nl");
    }

    [Test]
    public void Every_field_has_its_words_and_every_path_is_known()
    {
        var texts = host.Services.GetRequiredService<SignalReview.Web.Localization.Texts>();
        var full = SignalReview.Demo.DemoCases.Load().Cases[0].Signal;

        Assert.Multiple(() =>
        {
            Assert.That(SignalFields.All.Select(field => texts.Find($"NewSignal.{field.Path}")), Has.None.Null);
            Assert.That(SignalReview.Signals.SubmissionTexts.All(full).Where(text => SignalFields.Find(text.Path) is null), Is.Empty);
            Assert.That(
                SignalReview.Signals.SubmissionRules.Problems(new(), DateTimeOffset.UnixEpoch).Where(problem => SignalFields.Find(problem.Path) is null),
                Is.Empty);
        });
    }

    [Test]
    public void A_full_signal_survives_its_forms()
    {
        foreach (var demo in SignalReview.Demo.DemoCases.Load().Cases)
        {
            var draft = new SignalDraft(demo.SignalAt(new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.Zero)), "quick-reading");
            var again = SignalDraft.From(draft.ToJson());
            foreach (var step in Enum.GetValues<SignalStep>())
            {
                again = StepValues.Of(step, draft).WriteTo(again, out var unreadable);
                Assert.That(unreadable, Is.Empty);
            }

            Assert.That(again.ToJson().GetRawText(), Is.EqualTo(draft.ToJson().GetRawText()), demo.Key);
        }
    }

    private static byte[] Picture()
    {
        using var bitmap = new SkiaSharp.SKBitmap(8, 8);
        using var data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private async Task<PlainPage> StartAsync(string urgency)
    {
        var start = await samira.OpenAsync("/signals/new");
        return await samira.SendAsync(start, "start", new() { ["urgency"] = urgency });
    }

    private async Task<PlainPage> FilledInAsync()
    {
        var page = await StartAsync("days");
        page = await samira.SendAsync(page, "signal", With(Online, "next"));
        page = await samira.SendAsync(page, "signal", With(Offline, "next"));
        page = await samira.SendAsync(page, "signal", With(Reading, "next"));
        return await samira.SendAsync(page, "signal", With(Question, "next"));
    }

    private async Task<CaseFile> CaseAsync(Guid id)
    {
        await using var db = await host.Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return (await CaseStore.LoadAsync(db, new CaseId(id), CancellationToken.None))!;
    }

    private static Dictionary<string, string> With(Dictionary<string, string> fields, string go) => new(fields, StringComparer.Ordinal) { ["go"] = go };

    private static string? Field(PlainPage page, string name) => page.Fields("signal").Where(field => field.Key == name).Select(field => field.Value).LastOrDefault();

    private static Guid IdOf(PlainPage page) => Guid.Parse(Id().Match(page.Path).Value);

    private static string PathOf(PlainPage page, string step) => $"/signals/{IdOf(page)}/{step}";

    [GeneratedRegex("remove-[0-9a-f-]{36}", RegexOptions.None, 1000)]
    private static partial Regex Remove();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}", RegexOptions.None, 1000)]
    private static partial Regex Id();
}
