using SignalReview.Storage;

namespace SignalReview.Cases;

/// <summary>Loads a case as it stands.</summary>
internal static class CaseStore
{
    /// <returns>Null when there is no such case.</returns>
    public static async Task<CaseFile?> LoadAsync(DbSession db, CaseId id, CancellationToken ct)
    {
        var key = new { CaseId = id };
        var row = await db.FirstOrDefaultAsync<CaseRow>("cases/get", key, ct);
        if (row is null)
        {
            return null;
        }

        var openSteps = await db.QueryAsync<OpenStepRow>("cases/open_steps", key, ct);
        var images = await db.QueryAsync<ImageRow>("cases/images", key, ct);
        if (row.Phase is CasePhase.Draft)
        {
            return new(row, [], [], [], [], [], null, [], [], [], [], [], [], [], [], openSteps) { Images = images };
        }

        return new(
            row,
            await db.QueryAsync<string>("cases/tags", key, ct),
            await db.QueryAsync<AdditionRow>("cases/additions", key, ct),
            await db.QueryAsync<InvitationRow>("cases/invitations", key, ct),
            await db.QueryAsync<QuestionRow>("cases/questions", key, ct),
            await db.QueryAsync<InterpretationRow>("cases/interpretations", key, ct),
            await db.FirstOrDefaultAsync<RoomRow>("cases/room", key, ct),
            await db.QueryAsync<AttendanceRow>("cases/attendance", key, ct),
            await db.QueryAsync<MessageRow>("cases/messages", key, ct),
            await db.QueryAsync<VoteRoundRow>("cases/vote_rounds", key, ct),
            await db.QueryAsync<BallotRow>("cases/ballots", key, ct),
            await db.QueryAsync<DecisionRow>("cases/decisions", key, ct),
            await db.QueryAsync<DissentRow>("cases/dissents", key, ct),
            await db.QueryAsync<FollowUpRow>("cases/follow_ups", key, ct),
            await db.QueryAsync<ReviewRow>("cases/reviews", key, ct),
            openSteps) { Images = images };
    }
}
