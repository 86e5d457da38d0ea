using OrleansGov.Grains.Photos;

namespace OrleansGov.Grains;

/// <summary>What every resident's grain of a node shares: one reference instead of seven per grain, since there are millions of them.</summary>
public sealed record ResidentServices(TownRegister Towns, OfficeShelf Offices, RecordsStore Records, LineDoor Line, PhotoFetcher Photos, TimeProvider Clock);
