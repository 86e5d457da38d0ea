using System.Net;

namespace OrleansGov.LocalLine.Tests.Content;

public sealed class ContentTests
{
    [Fact]
    public async Task Image_WhilePreparing_ThenReady_ThenUnsent()
    {
        await using var town = await Town.Open();
        var id = town.Platform.SendImages(town.Hanako, TimeSpan.FromSeconds(3), ([1, 2, 3], "image/jpeg"))[0].MessageId!;
        var preparing = await Download(town, id);
        town.Time.Advance(TimeSpan.FromSeconds(3));
        var ready = await Download(town, id);
        town.Platform.Unsend(town.Hanako, id);
        var gone = await Download(town, id);

        Assert.Equal(HttpStatusCode.Accepted, preparing.Status);
        Assert.Empty(preparing.Bytes);
        Assert.Equal((HttpStatusCode.OK, 3), (ready.Status, ready.Bytes.Length));
        Assert.Equal((HttpStatusCode.Gone, "The content is gone"), (gone.Status, gone.Message));
    }

    [Fact]
    public async Task Content_OnTheOtherAddressOrOfText_IsNotFound()
    {
        await using var town = await Town.Open();
        var image = town.Platform.SendImages(town.Hanako, TimeSpan.Zero, ([1], "image/jpeg"))[0].MessageId!;
        var text = town.Platform.SendText(town.Hanako, "はい").MessageId!;
        var wrongHost = await town.Get($"/v2/bot/message/{image}/content");

        Assert.Equal(HttpStatusCode.NotFound, wrongHost.Status);
        Assert.NotNull(wrongHost.RequestId);
        Assert.Equal(HttpStatusCode.NotFound, (await Download(town, text)).Status);
    }

    private static Task<Reply> Download(Town town, string id) => town.Send(HttpMethod.Get, $"/v2/bot/message/{id}/content", null, data: true);
}
