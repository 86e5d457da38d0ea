using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace OrleansGov.Silo.Cluster;

/// <summary>The keys of data protection in the cluster's database. Who can read the database can read them: it is the place of residents' states, too.</summary>
internal sealed class DataKeys(ClusterDatabase database) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = database.Shared.OpenConnection();
        using var command = new NpgsqlCommand("SELECT content FROM data_key", connection);
        using var reader = command.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = database.Shared.OpenConnection();
        using var command = new NpgsqlCommand("INSERT INTO data_key (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content", connection);
        command.Parameters.Add(new() { Value = friendlyName });
        command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
        command.ExecuteNonQuery();
    }
}
