using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace OrleansGov.LocalLine.Tests.RichMenus;

public sealed class RichMenuTests
{
    [Fact]
    public async Task Menu_CreatedPicturedAndDefault_ShowsOnReopeningAndIsTappable()
    {
        await using var town = await Town.Open();
        var id = (await town.Post("/v2/bot/richmenu", Menu())).Json.GetProperty("richMenuId").GetString()!;
        var tooEarly = await town.Post($"/v2/bot/user/all/richmenu/{id}");
        var picture = await Upload(town, id, 2500, 1686);
        var again = await Upload(town, id, 2500, 1686);
        await town.Post($"/v2/bot/user/all/richmenu/{id}");
        var before = town.Platform.Screen(town.Hanako).RichMenuId;
        town.Platform.Open(town.Hanako);

        Assert.Equal(HttpStatusCode.BadRequest, tooEarly.Status);
        Assert.Equal(HttpStatusCode.OK, picture.Status);
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Null(before);
        Assert.Equal(id, town.Platform.Screen(town.Hanako).RichMenuId);
        Assert.Equal("postback", town.Platform.Tap(town.Hanako, "手続き")!.Type);
    }

    [Fact]
    public async Task Picture_OfWrongSize_IsRefused()
    {
        await using var town = await Town.Open();
        var id = (await town.Post("/v2/bot/richmenu", Menu())).Json.GetProperty("richMenuId").GetString()!;

        Assert.Equal(HttpStatusCode.BadRequest, (await Upload(town, id, 700, 300)).Status);
    }

    private static JsonObject Menu() => new()
    {
        ["size"] = new JsonObject { ["width"] = 2500, ["height"] = 1686 },
        ["selected"] = true,
        ["name"] = "main",
        ["chatBarText"] = "メニュー",
        ["areas"] = new JsonArray(new JsonObject
        {
            ["bounds"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = 2500, ["height"] = 1686 },
            ["action"] = new JsonObject { ["type"] = "postback", ["label"] = "手続き", ["data"] = "menu=start" },
        }),
    };

    private static Task<Reply> Upload(Town town, string id, int width, int height)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[16]];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        var body = new ByteArrayContent(png);
        body.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return town.Send(HttpMethod.Post, $"/v2/bot/richmenu/{id}/content", body, data: true);
    }
}
