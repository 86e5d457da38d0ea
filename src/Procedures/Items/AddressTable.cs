namespace OrleansGov.Procedures;

/// <summary>A 町丁目 of the town.</summary>
/// <param name="PostalCode">7 digits, no hyphen.</param>
/// <param name="Name">みなと町一丁目.</param>
/// <param name="Reading">In hiragana.</param>
/// <param name="District">Id of a district of the calendar.</param>
/// <param name="Latitude">Of its middle, WGS 84; used for location messages.</param>
public sealed record TownBlock(string PostalCode, string Name, string Reading, string District, double Latitude, double Longitude);

/// <summary>Every 町丁目 of the town. A location further than <paramref name="RadiusKm"/> from all of them is outside the town.</summary>
public sealed record AddressTable(string Municipality, ImmutableList<TownBlock> Blocks, double RadiusKm);
