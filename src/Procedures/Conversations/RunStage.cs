namespace OrleansGov.Procedures;

/// <summary>The life of a run; its rules are <see cref="RunLifecycle"/>'s.</summary>
public enum RunStage { Asking, Reviewing, Submitting, Done, Cancelled, Expired }
