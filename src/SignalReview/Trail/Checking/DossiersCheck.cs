using System.Security.Cryptography;
using SignalReview.Cases;
using SignalReview.Trail.Checking.State;

namespace SignalReview.Trail.Checking;

/// <summary>
/// Dossier by dossier: its key, its numbers, its bodies, then the state against what they tell, and what else lies under its key. Only one dossier is
/// held in memory, and of the organisation's only what it has rows for.
/// </summary>
internal sealed class DossiersCheck(CheckRun run)
{
    private readonly StateCheck state = new(run);
    private readonly SealedCheck contents = new(run);
    private bool organisation;

    public long Count { get; private set; }

    public long Erased { get; private set; }

    public long Rows => state.Rows;

    public async Task RunAsync(CancellationToken ct)
    {
        for (object after = -1L; ;)
        {
            var rows = await run.Db.RawAsync("trail/check_dossiers", new { After = after, Take = CheckRun.Page }, ct);
            foreach (var row in rows)
            {
                await CheckAsync(row, ct);
            }

            if (rows.Count < CheckRun.Page)
            {
                break;
            }

            after = rows[^1][3]!;
        }

        foreach (var row in await run.Db.RawAsync("trail/check_dossiers_without_start", null, ct))
        {
            await CheckAsync(row, ct);
        }

        if (!organisation)
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {CaseId.Organisation}", Detail: "it is missing"));
        }

        foreach (var id in await run.Db.RawAsync("trail/check_lost_dossiers", null, ct))
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {id[0]}", Detail: "it is missing, and has events"));
        }

        await state.StraysAsync(ct);
        await contents.StraysAsync(ct);
    }

    private async Task CheckAsync(object?[] row, CancellationToken ct)
    {
        if (row[0] is not string text || !Guid.TryParseExact(text, "D", out var id))
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {row[0]}", Detail: "it is no id", Column: "case_id"));
            return;
        }

        organisation |= id == CaseId.Organisation.Value;
        await CheckAsync(new(id), row, ct);
        Count++;
    }

    private async Task CheckAsync(CaseId id, object?[] row, CancellationToken ct)
    {
        using var dossier = await OpenAsync(id, row, ct);
        var told = new ToldDossier(keepsTimes: id != CaseId.Organisation);
        var pages = new DossierEvents(run, id, dossier, told);
        await pages.RunAsync(ct);
        if (pages is { Opened: 0, Closed: > 0 } && dossier is not null)
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {id}", Detail: "nothing in it opens under its key", Column: "share_id", Case: id.Value));
        }

        Erased += pages.WasErased ? 1 : 0;
        if (dossier is not null)
        {
            await state.RunAsync(id, told, ct);
            await contents.RunAsync(dossier, ct);
        }
    }

    private async Task<Dossier?> OpenAsync(CaseId id, object?[] row, CancellationToken ct)
    {
        if (row[2] is not byte[] { Length: > 9 } wrapped || !Equals(row[1], KeyRing.KeyIdOf(wrapped)))
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {id}", Detail: "it names another key than the one that it is wrapped under", Column: "key_id", Case: id.Value));
        }

        try
        {
            return await Dossier.OpenAsync(run.Db, run.Keys, id, ct);
        }
        catch (Exception e) when (e is CryptographicException or DossierGoneException || CheckRun.IsUnreadable(e))
        {
            run.Add(new(TrailFault.Dossier, "dossiers", $"case {id}", Detail: e.Message, Case: id.Value));
            return null;
        }
    }
}
