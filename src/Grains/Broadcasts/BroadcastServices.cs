using OrleansGov.Line;

namespace OrleansGov.Grains;

/// <summary>What the grains of broadcasts share.</summary>
public sealed record BroadcastServices(RecordsStore Records, IAddressBook Addresses, MessagingClient Line, RenderContext Context, BroadcastOptions Options, TimeProvider Clock);
