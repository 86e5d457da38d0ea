namespace OrleansGov.Line;

/// <summary>One thing LINE would refuse.</summary>
/// <param name="Property">Path as in LINE's error details, such as <c>messages[0].template.actions[1].label</c>.</param>
/// <param name="Message">LINE's words where they are known.</param>
/// <param name="IsUnknownProperty">The property does not exist. LINE does not say whether it refuses these; a strict platform does, a lenient one notes it.</param>
public sealed record MessageFault(string Property, string Message, bool IsUnknownProperty = false);

/// <summary>The five ways to send; some properties are allowed in some of them only.</summary>
public enum SendKind { Reply, Push, Multicast, Narrowcast, Broadcast }
