namespace OrleansGov.Contracts;

/// <summary>Where residents are reached: the <see cref="IAddressed.Address"/> column of grain storage. What it returns goes into calls to LINE and nowhere else.</summary>
public interface IAddressBook
{
    /// <summary>Most grains asked for in one call: the most recipients of one multicast.</summary>
    const int MostAtOnce = 500;

    /// <summary>The addresses of some grains, by grain id. Whoever is unknown or has no address is left out.</summary>
    /// <param name="grainIds">Texts of Orleans' GrainId: <c>type/key</c>; at most <see cref="MostAtOnce"/>.</param>
    /// <exception cref="GrainStorageException">The addresses could not be read.</exception>
    Task<IReadOnlyDictionary<string, string>> AddressesOf(IReadOnlyCollection<string> grainIds);
}
