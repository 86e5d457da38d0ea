namespace OrleansGov.Api.Settings;

/// <summary><c>Hosting__Mode</c>: what the office is made of.</summary>
public enum HostingMode
{
    /// <summary>One process and files beside it.</summary>
    Embedded,

    /// <summary>Any number of nodes on one PostgreSQL database.</summary>
    Cluster,
}

/// <summary><c>Hosting__Role</c>: what this process does in its office.</summary>
public enum HostingRole
{
    /// <summary>Takes residents and officers in, and has grains.</summary>
    Both,

    /// <summary>Has grains; of the doors only /health.</summary>
    Silo,

    /// <summary>Takes residents and officers in; the grains are elsewhere.</summary>
    Web,
}
