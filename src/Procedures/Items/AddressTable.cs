namespace OrleansGov.Procedures;

/// <summary>A 町丁目 of the town.</summary>
/// <param name="PostalCode">7 digits, no hyphen.</param>
/// <param name="Name">みなと町一丁目.</param>
/// <param name="Reading">In hiragana.</param>
/// <param name="District">Id of a district of the calendar.</param>
/// <param name="Latitude">Of its middle, WGS 84; used for location messages.</param>
public sealed record TownBlock(string PostalCode, string Name, string Reading, string District, double Latitude, double Longitude);

/// <summary>Typed words, taken apart.</summary>
/// <param name="Rest">What follows the 町丁目: 番地 and building, cleaned; empty when nothing follows.</param>
public readonly record struct AddressParts(TownBlock Block, string Rest);

/// <summary>Every 町丁目 of the town. A location further than <paramref name="radiusKm"/> from all of them is outside the town.</summary>
public sealed class AddressTable(string municipality, ImmutableList<TownBlock> blocks, double radiusKm)
{
    public string Municipality { get; } = municipality;
    public ImmutableList<TownBlock> Blocks { get; } = blocks;
    public double RadiusKm { get; } = radiusKm;

    public ImmutableList<TownBlock> Find(string words, int limit) => throw new NotImplementedException();

    public AddressParts? Split(string words) => throw new NotImplementedException();

    public TownBlock? Nearest(double latitude, double longitude) => throw new NotImplementedException();
}
