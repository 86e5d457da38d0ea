using OrleansGov.Grains.Photos;

namespace OrleansGov.Grains;

/// <summary>What every resident's grain of a node shares: one reference instead of seven per grain, since there are millions of them.</summary>
public sealed record ResidentServices(TownRegister Towns, OfficeShelf Offices, RecordsStore Records, LineDoor Line, PhotoFetcher Photos, ResidentLimits Limits, TimeProvider Clock);

/// <summary>What one resident may use up.</summary>
/// <param name="MessagesPerMinute">Answered; beyond it one sentence and then silence until it calms. 0 = no limit.</param>
public sealed record ResidentLimits(int MessagesPerMinute)
{
    public static readonly ResidentLimits None = new(0);
}
