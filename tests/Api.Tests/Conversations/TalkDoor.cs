using OrleansGov.Api.Access;

namespace OrleansGov.Api.Tests.Conversations;

/// <summary>An office with one talk at the desk of 環境課, and three callers: an officer's key there, one of another department, one that only reads.</summary>
public sealed class TalkDoor : IAsyncDisposable
{
    public const string Path = $"/api/v1/conversations/{TownFacts.Resident}";
    private const string OfficerKey = "og_live_officer", OtherKey = "og_live_other", ReaderKey = "og_live_reader";

    private TalkDoor()
    {
        Key(3, "環境課の窓口", OfficerKey, "conversations:read cases:read handoff.reply", "environment");
        Key(4, "相談室の窓口", OtherKey, "conversations:read cases:read handoff.reply", "general");
        Key(5, "環境課の閲覧", ReaderKey, "conversations:read", "environment");
        (Officer, Other, Reader) = (Office.StaffClient(OfficerKey), Office.StaffClient(OtherKey), Office.StaffClient(ReaderKey));
    }

    public OfficeDoor Office { get; } = new();
    public HttpClient Officer { get; }
    public HttpClient Other { get; }
    public HttpClient Reader { get; }

    public ResidentStub Resident => Office.Resident($"r:{OfficeDoor.Channel}/{TownFacts.Resident}");

    public static async Task<TalkDoor> OpenAsync()
    {
        var door = new TalkDoor();
        await door.Office.Records.AppendAsync([.. Enumerable.Range(1, 5).Select(i => TownFacts.Heard(i, $"発言{i}"))]);
        return door;
    }

    public static HttpRequestMessage Call(HttpMethod method, string path, string? body, string? ifMatch = "\"17\"", string? key = null)
    {
        var request = new HttpRequestMessage(method, Path + path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();

    private void Key(int n, string name, string key, string scopes, string department)
    {
        Office.Settings[$"Api:Keys:{n}:Name"] = name;
        Office.Settings[$"Api:Keys:{n}:Hash"] = ApiKey.HashOf(key);
        Office.Settings[$"Api:Keys:{n}:Scopes"] = scopes;
        Office.Settings[$"Api:Keys:{n}:Departments"] = department;
    }
}
