namespace OrleansGov.Api.Settings;

/// <summary>Under which address the world knows us; without a slash at the end.</summary>
public sealed record PublicAddress(string Base)
{
    public static PublicAddress Of(Uri url) => new(url.ToString().TrimEnd('/'));
}
