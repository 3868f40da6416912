namespace SignalReview.Comparing;

/// <summary>Where an enquiry stands: into what would change one reader's mind.</summary>
public enum EnquiryState
{
    /// <summary>Nobody looks into it yet.</summary>
    Open,
    Taken,

    /// <summary>Somebody said what they found; the reader has not said yet what it does to their reading.</summary>
    Reported,
    Answered,
}

/// <summary>What something that was found did to a reading. The reading itself stays as it was written.</summary>
public enum ReadingChange
{
    Unchanged,

    /// <summary>In part, or only in how sure or worried the reader is.</summary>
    Shifted,
    Changed,
}
