namespace OrleansGov.Contracts;

/// <summary>What a municipality's office does by itself: deletes what is past its time, carries out erasures, walks along the audit trail. Key: the town's id. One of each town, so nothing is done twice at once.</summary>
[Alias("housekeeping")]
public interface IHousekeepingGrain : IGrainWithStringKey
{
    /// <summary>Starts what is due and returns at once; what is under way goes on. Every node calls it every minute, and whoever has approved an erasure does.</summary>
    [Alias("look-after")]
    Task LookAfter();

    /// <summary>Walks along the town's audit trail now.</summary>
    /// <returns>Place of the first line that does not fit; null = the trail is whole.</returns>
    [Alias("verify-audit")]
    Task<long?> VerifyAudit();
}
