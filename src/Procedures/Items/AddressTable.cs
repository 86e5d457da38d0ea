using System.Text.RegularExpressions;

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
public sealed partial class AddressTable(string municipality, ImmutableList<TownBlock> blocks, double radiusKm)
{
    private const int LongestWords = 200;
    private const int LongestBlockName = 40;

    private readonly ImmutableList<Entry> entries = [.. blocks.Select(block => new Entry(block, AddressText.Key(block.Name), AddressText.Key(block.Reading)))];

    public string Municipality { get; } = municipality;
    public ImmutableList<TownBlock> Blocks { get; } = blocks;
    public double RadiusKm { get; } = radiusKm;

    private sealed record Entry(TownBlock Block, string Name, string Reading)
    {
        /// <summary>Without 丁目: みなと町.</summary>
        public string Town { get; } = AddressText.WithoutChome(Name);
        public string TownReading { get; } = AddressText.WithoutChome(Reading);
    }

    /// <summary>
    /// The blocks that may be meant, best first: by postal code (7 digits in any form, or the first 3–6), by name or reading, whole or in part,
    /// with 丁目 in any digits; the words may go on with 番地. One typing mistake in the town's name is forgiven. Empty when nothing fits.
    /// </summary>
    public ImmutableList<TownBlock> Find(string words, int limit)
    {
        if (words.Length > LongestWords) return [];
        var clean = JapaneseText.Clean(words);
        if (PostalDigits(clean) is { } digits) return Take(entries.Where(e => e.Block.PostalCode.StartsWith(digits, StringComparison.Ordinal)));
        if (Split(words) is { } parts) return [parts.Block];
        var key = AddressText.Key(WithoutTown(clean));
        if (key.Length == 0) return [];
        foreach (var fits in Ways(key))
        {
            if (Take(entries.Where(fits)) is { IsEmpty: false } found) return found;
        }
        // 〒 with 番地 behind it and a town nobody knows: the postal code is the best that was said.
        return LeadingPostalCode.Match(clean) is { Success: true } code ? Find(code.Value, limit) : [];

        ImmutableList<TownBlock> Take(IEnumerable<Entry> fitting) => [.. fitting.Select(e => e.Block).Take(limit)];
    }

    /// <summary>
    /// Takes typed words apart at the end of the one block they begin with: みなと町1丁目2-3 コーポ港101, also みなと町1-2-3 for 一丁目, also behind
    /// a postal code, a prefecture and the town's name. Null when they begin with no block, or with a town of which no 丁目 is said.
    /// </summary>
    public AddressParts? Split(string words)
    {
        if (words.Length > LongestWords) return null;
        var clean = WithoutTown(JapaneseText.Clean(words));
        for (var length = Math.Min(clean.Length, LongestBlockName); length > 0; length--)
        {
            var (head, tail) = (clean[..length], clean[length..]);
            // 1 of 12 is not the number that was typed.
            if (tail.Length > 0 && char.IsAsciiDigit(head[^1]) && char.IsAsciiDigit(tail[0])) continue;
            if (OneNamed(AddressText.Key(head)) is { } named) return new(named, AddressText.Rest(tail));
            if (char.IsAsciiDigit(head[^1]) && (tail.Length == 0 || StartsBlockNumber(tail)) && OneNamed(AddressText.Key(head + "丁目")) is { } shortened)
                return new(shortened, AddressText.Rest(tail));
        }
        return null;
    }

    /// <summary>The block whose middle is nearest; null when even that is further than <see cref="RadiusKm"/>, or the place is no place on earth.</summary>
    public TownBlock? Nearest(double latitude, double longitude)
    {
        if (!(Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180)) return null;
        var nearest = Blocks.MinBy(block => Kilometres(block, latitude, longitude));
        return nearest is not null && Kilometres(nearest, latitude, longitude) <= RadiusKm ? nearest : null;
    }

    private static bool StartsBlockNumber(string tail) => JapaneseText.IsDash(tail[0]) || tail[0] is ' ' or 'の' or 'ノ';

    private TownBlock? OneNamed(string key)
    {
        var named = key.Length == 0 ? [] : entries.FindAll(e => e.Name == key || e.Reading == key);
        return named.Count == 1 ? named[0].Block : null;
    }

    private static IEnumerable<Func<Entry, bool>> Ways(string key)
    {
        yield return e => e.Name == key || e.Reading == key;
        yield return e => e.Name.StartsWith(key, StringComparison.Ordinal) || e.Reading.StartsWith(key, StringComparison.Ordinal);
        yield return e => key.StartsWith(e.Town, StringComparison.Ordinal) || key.StartsWith(e.TownReading, StringComparison.Ordinal);
        if (key.Length < 2) yield break;
        yield return e => e.Name.Contains(key, StringComparison.Ordinal) || e.Reading.Contains(key, StringComparison.Ordinal);
        var town = AddressText.WithoutChome(key);
        if (town.Length < 3) yield break;
        yield return e => LooseText.Distance(town, e.Town, 1) <= 1 || LooseText.Distance(town, e.TownReading, 1) <= 1;
    }

    /// <summary>The 3–7 digits of words that are a postal code and nothing else.</summary>
    private static string? PostalDigits(string clean)
    {
        var digits = string.Concat(clean.Where(c => c is not ('〒' or ' ') && !JapaneseText.IsDash(c)));
        return digits.Length is >= 3 and <= 7 && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    [GeneratedRegex("^〒? ?[0-9]{3}[-‐−ー]?[0-9]{4}(?![0-9])")]
    private static partial Regex LeadingPostalCode { get; }

    private string WithoutTown(string clean)
    {
        var local = LeadingPostalCode.Replace(clean, "", 1).TrimStart();
        var town = local.IndexOf(Municipality, StringComparison.Ordinal);
        // Only a prefecture stands before it; later it is part of a building's name.
        return town is >= 0 and <= 5 ? local[(town + Municipality.Length)..].TrimStart() : local;
    }

    /// <summary>Great-circle distance (haversine, mean earth radius).</summary>
    private static double Kilometres(TownBlock block, double latitude, double longitude)
    {
        const double earthRadius = 6371.0088;
        var (a, b) = (double.DegreesToRadians(block.Latitude), double.DegreesToRadians(latitude));
        var (dLat, dLng) = (b - a, double.DegreesToRadians(longitude - block.Longitude));
        var h = Math.Pow(Math.Sin(dLat / 2), 2) + Math.Cos(a) * Math.Cos(b) * Math.Pow(Math.Sin(dLng / 2), 2);
        return 2 * earthRadius * Math.Asin(Math.Sqrt(Math.Min(1, h)));
    }
}
