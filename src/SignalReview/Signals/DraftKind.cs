namespace SignalReview.Signals;

/// <summary>What a draft is of; one of each a person and case.</summary>
public enum DraftKind { Signal, Interpretation, Message, Vote, Decision, Dissent }
