using CsCheck;
using SignalReview.Demo;
using SignalReview.Signals;

namespace SignalReview.Tests.Signals;

internal sealed class PersonalDataScannerTests
{
    [TestCase("Vandaag belde Kevin mij op.", "Kevin")]
    [TestCase("Kevin belde vandaag.", "Kevin")]
    [TestCase("Ze schrijft over Kevin de Vries uit haar klas.", "Kevin de Vries")]
    [TestCase("Samira el Idrissi is zijn nicht.", "Samira el Idrissi")]
    [TestCase("Dat is Xandro van der Berg, denk ik.", "Xandro van der Berg")]
    [TestCase("Ik zag Xandro Bakker op het plein.", "Xandro Bakker")]
    [TestCase("Fatima's broer stond erbij.", "Fatima")]
    [TestCase("Kevins telefoon was kapot.", "Kevin")]
    [TestCase("Zijn mentor is mevrouw Aalbers.", "Aalbers")]
    [TestCase("De jongen heet Djordyno.", "Djordyno")]
    [TestCase("Haar vriendin heet ook Djordyna.", "Djordyna")]
    [TestCase("Dat vertelde Roos mij.", "Roos")]
    [TestCase("Het gaat om de familie Yilmaz.", "Yilmaz")]
    public void A_name_is_found(string text, string name) => Assert.That(Found(text, PersonalDataKind.Name), Is.EqualTo(new[] { name }));

    [TestCase("Roos in haar hand, zwart beeld.")]
    [TestCase("Foto van Instagram, zonder gezicht.")]
    [TestCase("Storm op zee. Mark up. Max 5 euro.")]
    [TestCase("Hij heet in de groep 'de baas' en woont in Amsterdam Noord.")]
    [TestCase("Bel 112, 113 of 0800-0113; Veilig Thuis is 0800-2000.")]
    [TestCase("In 2026 NL en op 27 februari om 21:00 uur, 38 reacties, 1.250 volgers.")]
    [TestCase("Het College beslist. De docent Nederlands weet ervan. Ze doet Havo 4.")]
    [TestCase("De straat 12 keer op en neer; prijs € 612345678.")]
    [TestCase("Onze wijkagent Politie Noord komt op Koningsdag.")]
    public void An_ordinary_sentence_gives_no_alarm(string text) => Assert.That(Scan("online.factualDescription", text), Is.Empty);

    [TestCase("bel me op 06-12345678 ok", PersonalDataKind.PhoneNumber, "06-12345678")]
    [TestCase("bel me op 06 12 34 56 78", PersonalDataKind.PhoneNumber, "06 12 34 56 78")]
    [TestCase("zijn nummer is +31 6 12345678", PersonalDataKind.PhoneNumber, "+31 6 12345678")]
    [TestCase("thuis: 020-1234567", PersonalDataKind.PhoneNumber, "020-1234567")]
    [TestCase("mail naar kevin.b@school.nl.", PersonalDataKind.Email, "kevin.b@school.nl")]
    [TestCase("zie @kev_in.010, ook op snap", PersonalDataKind.Handle, "@kev_in.010")]
    [TestCase("https://www.instagram.com/kev_in010 gezien", PersonalDataKind.AccountLink, "https://www.instagram.com/kev_in010")]
    [TestCase("op tiktok.com/@kevin stond het", PersonalDataKind.AccountLink, "tiktok.com/@kevin")]
    [TestCase("woont op Kerkstraat 12a", PersonalDataKind.Address, "Kerkstraat 12a")]
    [TestCase("woont Van der Helstplein 3", PersonalDataKind.Address, "Van der Helstplein 3")]
    [TestCase("postcode 1072 AB", PersonalDataKind.Address, "1072 AB")]
    [TestCase("zit op het Meridiaan College in de derde", PersonalDataKind.School, "Meridiaan College")]
    [TestCase("gaat naar basisschool De Regenboog", PersonalDataKind.School, "basisschool De Regenboog")]
    [TestCase("volgt ROC Midden Nederland", PersonalDataKind.School, "ROC Midden Nederland")]
    [TestCase("geboren op 12-03-2010 in de stad", PersonalDataKind.BirthDate, "12-03-2010")]
    [TestCase("geb. 3 maart 2011", PersonalDataKind.BirthDate, "3 maart 2011")]
    [TestCase("dat stond er: 12-03-2010", PersonalDataKind.BirthDate, "12-03-2010")]
    [TestCase("bsn 111222333", PersonalDataKind.CitizenNumber, "111222333")]
    public void What_has_a_fixed_shape_is_found(string text, PersonalDataKind kind, string words)
    {
        var finding = Scan("online.factualDescription", text).Single();

        Assert.That((finding.Kind, finding.Text), Is.EqualTo((kind, words)));
    }

    [TestCase("nummer 111222334", TestName = "Nine digits that fail the eleven test are no citizen number")]
    [TestCase("op 12-03-2026 gezien", TestName = "A date of now is no birth date")]
    public void What_only_looks_alike_is_left_alone(string text) => Assert.That(Scan("online.factualDescription", text), Is.Empty);

    [Test]
    public void Names_in_the_literal_text_are_found_in_small_letters_too()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Scan("online.literalText", "sorry kevin ik kom niet").Single().Text, Is.EqualTo("kevin"));
            Assert.That(Scan("online.factualDescription", "een kevin van een jongen"), Is.Empty);
        });
    }

    [Test]
    public void The_pseudonym_is_no_name_but_a_name_chosen_as_pseudonym_is()
    {
        var bird = new SignalSubmission { Pseudonym = "Jongere Merel", ConsultationQuestion = "Hoe help ik Merel het best?" };
        var name = new SignalSubmission { Pseudonym = "Kevin" };

        Assert.Multiple(() =>
        {
            Assert.That(PersonalDataScanner.Scan(bird).Where(f => f.Path != "pseudonym"), Is.Empty);
            Assert.That(PersonalDataScanner.Scan(name).Single().Path, Is.EqualTo("pseudonym"));
        });
    }

    /// <summary>The demo's texts are written without personal data but for one: the contact who calls himself Finn, like the cousin.</summary>
    [Test]
    public void The_twelve_demo_cases_give_two_findings_and_both_are_names()
    {
        var findings = DemoCases.Load().Cases
            .SelectMany(c => PersonalDataScanner.Scan(c.SignalAt(new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.Zero))).Select(f => $"{c.Key} {f.Path} {f.Text}"));

        Assert.That(findings, Is.EqualTo(new[] { "DEMO-09 online.factualDescription Finn", "DEMO-09 offline.contradictingSignals[0] Finn" }));
    }

    [Test]
    public void Replacing_puts_the_pseudonym_everywhere_and_leaves_the_rest()
    {
        var signal = new SignalSubmission
        {
            Title = "Story van Kevin",
            Online = new() { LiteralText = "kevin kom dan", Signs = ["🔪", "naam Kevin in beeld"] },
            ConsultationQuestion = "Wat doen we?",
        };

        var replaced = PersonalDataScanner.Replace(signal, "Kevin", "IJsvogel");

        Assert.Multiple(() =>
        {
            Assert.That(replaced.Title, Is.EqualTo("Story van IJsvogel"));
            Assert.That(replaced.Online.LiteralText, Is.EqualTo("IJsvogel kom dan"));
            Assert.That(replaced.Online.Signs, Is.EqualTo(new[] { "🔪", "naam IJsvogel in beeld" }));
            Assert.That(replaced.ConsultationQuestion, Is.EqualTo("Wat doen we?"));
            Assert.That(PersonalDataScanner.Scan(replaced with { Pseudonym = "IJsvogel" }), Is.Empty);
        });
    }

    [Test]
    public void Whatever_is_written_the_spans_are_valid_and_do_not_overlap()
    {
        string[] pieces =
        [
            "Kevin", "de", "Vries", "van der", " ", ". ", ", ", "@", "06", "12345678", "0612345678", "kevin@a.nl", "Kerkstraat", " 12", "1072 AB", "het ", "College",
            "geboren op ", "12-03-2010", "'", "’s", "\n", "🔪", "\ud83d", "instagram.com/", "x", "ROC ", "Roos", "111222333", "-", "J. ", "ÉÉN", "",
        ];
        Gen.OneOf(Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]), Gen.String[0, 6]).List[0, 30].Select(string.Concat).Sample(text =>
        {
            var findings = PersonalDataScanner.ScanText("online.literalText", text, "Merel", 2026);
            var end = 0;
            return findings.All(f =>
            {
                var valid = f.Length > 0 && f.Start >= end && f.Start + f.Length <= text.Length && text.Substring(f.Start, f.Length) == f.Text;
                end = f.Start + f.Length;
                return valid;
            });
        });
    }

    [Test]
    public void Every_text_of_a_signal_is_looked_at()
    {
        const string Number = "06-12345678";
        var full = DemoCases.Load().Cases[0].Signal;
        var marked = SubmissionTexts.Map(full, (_, _) => Number);

        Assert.That(PersonalDataScanner.Scan(marked).Select(f => f.Path), Is.EquivalentTo(SubmissionTexts.All(full).Select(t => t.Path)));
    }

    private static IReadOnlyList<PersonalDataFinding> Scan(string path, string text) => PersonalDataScanner.ScanText(path, text, "IJsvogel", 2026);

    private static IEnumerable<string> Found(string text, PersonalDataKind kind) =>
        Scan("online.factualDescription", text).Where(f => f.Kind == kind).Select(f => f.Text);
}
