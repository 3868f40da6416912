using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SignalReview.Storage;
using SignalReview.Trail;
using SignalReview.Trail.Signing;

namespace SignalReview.Cli;

/// <summary><c>signalreview keys …</c>: what keys there are, and how one takes another's place. A host may be running meanwhile.</summary>
internal static class KeysCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "De oude sleutel, zoals 'keys show' hem noemt / the old key, as 'keys show' names it" };
        return new Command("keys", "De sleutels van het beslisspoor / the decision trail's keys")
        {
            new DataCommand().On(new("show", "Laat zien welke sleutels in gebruik zijn / shows which keys are in use"), ShowAsync),
            new DataCommand().On(new("rotate-signing", "Geeft het ondertekenen door aan een nieuwe sleutel / hands the signing over to a new key"), RotateSigningAsync),
            new DataCommand().On(new("rotate-wrapping", "Zet alle dossiers onder een nieuwe sleutel / puts all dossiers under a new key"), RotateWrappingAsync),
            new DataCommand().On(
                new("remove-wrapping", "Verwijdert een oude sleutel waar geen dossier meer aan hangt / removes an old key that no dossier hangs on") { id },
                (session, parsed, ct) => RemoveWrappingAsync(session, parsed.GetRequiredValue(id), ct)),
        };
    }

    private static async Task<int> ShowAsync(DataSession session, ParseResult parsed, CancellationToken ct)
    {
        await using var services = session.Open();
        var (keys, signer) = (services.GetRequiredService<KeyRing>(), services.GetRequiredService<CheckpointSigner>());
        var left = await services.GetRequiredService<WrappingRotation>().LeftAsync(ct);
        await session.TellAsync($"Ondertekent nu: {signer.VerifierKey}", $"Signs now: {signer.VerifierKey}");
        foreach (var rotation in signer.Chain.Notes)
        {
            await session.TellAsync(
                $"  volgde bij {rotation.Size} gebeurtenissen op {rotation.Old.IdText}", $"  followed {rotation.Old.IdText} at {rotation.Size} events");
        }

        await session.TellAsync($"Sleutel van de dossiers: {keys.WrappingKeyId}", $"The dossiers' key: {keys.WrappingKeyId}");
        await session.TellAsync($"Dossiers onder een oudere sleutel: {left}", $"Dossiers under an older key: {left}");
        return ExitCodes.Ok;
    }

    private static async Task<int> RotateSigningAsync(DataSession session, ParseResult parsed, CancellationToken ct)
    {
        await using var services = session.Open();
        KeyRotationNote note;
        await using (var db = await services.GetRequiredService<IDatabase>().OpenReadAsync(ct))
        {
            var size = await db.ScalarAsync<long>("trail/head_size", new { Log = TrailLog.Name }, ct);
            note = await services.GetRequiredService<CheckpointSigner>().RotateAsync(new DatabaseTree(db), size, ct);
        }

        await services.GetRequiredService<CheckpointRound>().RunAsync(ct); // into the trail at once, and a first checkpoint by the new key
        await session.TellAsync(
            $"Vanaf nu ondertekent deze sleutel. Maak haar bekend buiten dit systeem om:\n{note.New}\n\nDe overdracht, door beide sleutels ondertekend:\n{note.Note}",
            $"From now on this key signs. Make it known outside this system:\n{note.New}\n\nThe handing over, signed by both keys:\n{note.Note}");
        return ExitCodes.Ok;
    }

    private static async Task<int> RotateWrappingAsync(DataSession session, ParseResult parsed, CancellationToken ct)
    {
        var (folder, settings) = (session.Folder.KeysFolder, KeyRingSettings.From(session.Configuration).Wrapping);
        if (settings.Source != KeySource.Environment && (WrappingKeys.IsUnsealed(folder, settings) || !await IsUnfinishedAsync(session, ct)))
        {
            var (old, @new) = WrappingKeys.Replace(folder, settings);
            await session.TellAsync($"Nieuwe sleutel {@new} gemaakt; {old} blijft tot je hem verwijdert.", $"Made a new key {@new}; {old} stays until you remove it.");
        }

        await using var services = session.Open();
        var moved = await services.GetRequiredService<WrappingRotation>().RunAsync(
            count => session.Output.WriteLine(session.Say($"  {count} dossiers verplaatst", $"  {count} dossiers moved")), ct);
        var left = await services.GetRequiredService<WrappingRotation>().LeftAsync(ct);
        await session.TellAsync(
            $"{moved} dossiers staan nu onder {services.GetRequiredService<KeyRing>().WrappingKeyId}; {left} nog niet.",
            $"{moved} dossiers are now under {services.GetRequiredService<KeyRing>().WrappingKeyId}; {left} not yet.");
        return left == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<bool> IsUnfinishedAsync(DataSession session, CancellationToken ct)
    {
        await using var services = session.Open();
        return await services.GetRequiredService<WrappingRotation>().LeftAsync(ct) > 0;
    }

    private static async Task<int> RemoveWrappingAsync(DataSession session, string id, CancellationToken ct)
    {
        await using var services = session.Open();
        var settings = KeyRingSettings.From(session.Configuration).Wrapping;
        var (outcome, dossiers) = await services.GetRequiredService<WrappingRotation>().RemoveAsync(session.Folder.KeysFolder, settings, id, ct);
        await session.Output.WriteLineAsync(outcome switch
        {
            RemoveKeyOutcome.Removed => session.Say($"Sleutel {id} is verwijderd.", $"Key {id} was removed."),
            RemoveKeyOutcome.InUse => session.Say(
                $"Sleutel {id} is in gebruik. Draai eerst 'keys rotate-wrapping'.", $"Key {id} is in use. Run 'keys rotate-wrapping' first."),
            RemoveKeyOutcome.NoSuchKey => session.Say($"Er is geen oude sleutel {id} in de map met sleutels.", $"There is no old key {id} in the keys folder."),
            RemoveKeyOutcome.StillUsed => session.Say(
                $"Aan sleutel {id} hangen nog {dossiers} dossiers. Draai eerst 'keys rotate-wrapping'.", $"{dossiers} dossiers still hang on key {id}. Run 'keys rotate-wrapping' first."),
            RemoveKeyOutcome.TooSoon => session.Say(
                $"De nieuwe sleutel is nog geen {WrappingRotation.Grace.TotalMinutes} minuten oud; een server kan nog bezig zijn onder de oude. Probeer het straks opnieuw.",
                $"The new key is less than {WrappingRotation.Grace.TotalMinutes} minutes old; a server may still be at work under the old one. Try again later."),
        });
        return outcome == RemoveKeyOutcome.Removed ? ExitCodes.Ok : ExitCodes.Failed;
    }
}
