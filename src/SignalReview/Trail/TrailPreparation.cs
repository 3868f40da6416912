using System.Data.Common;
using SignalReview.Cases;
using SignalReview.Storage;

namespace SignalReview.Trail;

/// <summary>Makes the log's head and the organisation's dossier at the first start; two processes may do so at once.</summary>
internal sealed class TrailPreparation(IDatabase database, KeyRing keys)
{
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await using var db = await database.BeginAsync(ct);
            if (await db.FirstOrDefaultAsync<long?>("trail/head_size", new { Log = TrailLog.Name }, ct) is null)
            {
                await db.ExecuteAsync("trail/insert_head", new { Log = TrailLog.Name, Frontier = Frontier.Empty.ToBytes() }, ct);
                using var organisation = await Dossier.CreateAsync(db, keys, CaseId.Organisation, ct);
                await db.CommitAsync(ct);
            }
        }
        catch (DbException e) when (database.IsUniqueViolation(e))
        {
            // Another process made them first.
        }
    }
}
