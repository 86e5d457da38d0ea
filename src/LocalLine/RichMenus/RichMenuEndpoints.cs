using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OrleansGov.LocalLine.Http;
using OrleansGov.LocalLine.Messaging;
using OrleansGov.LocalLine.World;

namespace OrleansGov.LocalLine.RichMenus;

/// <summary>The life of a rich menu (LINE reference, Rich menu): create, picture, default or link, delete; bulk work and aliases.</summary>
internal static partial class RichMenuEndpoints
{
    private const string Root = "/v2/bot/richmenu";
    private static readonly RateLimit Scarce = RateLimit.PerHour(100);

    public static IEnumerable<Endpoint> All =>
    [
        Endpoint.Post("richmenu-create", Root, Create) with { Limit = Scarce },
        Endpoint.Post("richmenu-validate", Root + "/validate", call => Check(call) ?? Answer.Done),
        Endpoint.Get("richmenu-list", Root + "/list", List) with { Limit = RateLimit.PerSecond(10) },
        Endpoint.Get("richmenu-get", Root + "/{richMenuId}", call => With(call, menu => Answer.Ok(Shown(menu)))),
        Endpoint.Delete("richmenu-delete", Root + "/{richMenuId}", Delete) with { Limit = Scarce },
        Endpoint.Post("richmenu-default", "/v2/bot/user/all/richmenu/{richMenuId}", SetDefault, BodyKind.None),
        Endpoint.Get("richmenu-default-get", "/v2/bot/user/all/richmenu", GetDefault),
        Endpoint.Delete("richmenu-default-clear", "/v2/bot/user/all/richmenu", ClearDefault),
        Endpoint.Post("richmenu-link", "/v2/bot/user/{userId}/richmenu/{richMenuId}", Link, BodyKind.None),
        Endpoint.Get("richmenu-linked", "/v2/bot/user/{userId}/richmenu", Linked),
        Endpoint.Delete("richmenu-unlink", "/v2/bot/user/{userId}/richmenu", Unlink),
        Endpoint.Post("richmenu-bulk-link", Root + "/bulk/link", call => Bulk(call, link: true)),
        Endpoint.Post("richmenu-bulk-unlink", Root + "/bulk/unlink", call => Bulk(call, link: false)),
        Endpoint.Post("alias-create", Root + "/alias", CreateAlias),
        Endpoint.Get("alias-list", Root + "/alias/list", ListAliases),
        Endpoint.Get("alias-get", Root + "/alias/{alias}", GetAlias),
        Endpoint.Post("alias-update", Root + "/alias/{alias}", UpdateAlias),
        Endpoint.Delete("alias-delete", Root + "/alias/{alias}", DeleteAlias) with { Limit = Scarce },
    ];

    public static IEnumerable<Endpoint> OnData =>
    [
        Endpoint.Post("richmenu-image", Root + "/{richMenuId}/content", Upload, BodyKind.Bytes),
        Endpoint.Get("richmenu-image-get", Root + "/{richMenuId}/content", call => With(call, menu => menu.Image is { } image ? new Answer(200, image, menu.MediaType) : Answer.NotFound())),
    ];

    private static Answer Create(Call call)
    {
        if (Check(call) is { } refusal) return refusal;
        lock (call.Platform.Gate)
        {
            if (call.Channel.RichMenus.Menus.Count >= RichMenuShelf.Most) return Answer.Error(400, "The maximum number of rich menus has been reached");
            var menu = new RichMenu("richmenu-" + call.Platform.Mint.Hex(16), call.Body);
            call.Channel.RichMenus.Add(menu);
            return Answer.Ok(new JsonObject { ["richMenuId"] = menu.Id });
        }
    }

    private static Answer? Check(Call call)
    {
        var body = new BodyReader(call);
        body.RichMenu();
        return body.Refusal;
    }

    private static Answer Upload(Call call) => With(call, menu =>
    {
        if (call.MediaType is not ("image/png" or "image/jpeg")) return Answer.Error(415, $"The content type, {call.MediaType ?? "null"}, is not supported");
        if (menu.Image is not null) return Answer.Error(400, "An image has already been uploaded to the richmenu");
        if (call.Bytes.Length > 1024 * 1024) return Answer.Error(413, "Request Entity Too Large");
        if (PictureSize.Of(call.Bytes) is not { } picture || picture.MediaType != call.MediaType) return Answer.Error(400, "Invalid image");
        if (picture.Width is < 800 or > 2500 || picture.Height < 250 || (double)picture.Width / picture.Height < 1.45) return Answer.Error(400, "The image size is not valid");
        menu.Image = call.Bytes;
        menu.MediaType = picture.MediaType;
        return Answer.Done;
    });

    private static Answer List(Call call)
    {
        lock (call.Platform.Gate) return Answer.Ok(new JsonObject { ["richmenus"] = new JsonArray([.. call.Channel.RichMenus.Menus.Select(m => (JsonNode)Shown(m))]) });
    }

    private static Answer Delete(Call call)
    {
        lock (call.Platform.Gate) return call.Channel.RichMenus.Remove(call.Route("richMenuId")) ? Answer.Done : Answer.NotFound();
    }

    private static Answer SetDefault(Call call) => With(call, menu =>
    {
        if (menu.Image is null) return NoImage();
        call.Channel.RichMenus.Default = menu.Id;
        return Answer.Done;
    });

    private static Answer GetDefault(Call call)
    {
        lock (call.Platform.Gate)
            return call.Channel.RichMenus.Default is { } id ? Answer.Ok(new JsonObject { ["richMenuId"] = id }) : Answer.Error(404, "no default richmenu");
    }

    private static Answer ClearDefault(Call call)
    {
        lock (call.Platform.Gate) call.Channel.RichMenus.Default = null;
        return Answer.Done;
    }

    private static Answer Link(Call call) => With(call, menu =>
    {
        if (!BodyReader.UserId().IsMatch(call.Route("userId"))) return Answer.Error(400, "The value for the 'userId' parameter is invalid");
        if (menu.Image is null) return NoImage();
        Attach(call, call.Route("userId"), menu.Id);
        return Answer.Done with { Resident = call.Route("userId") };
    });

    private static Answer Linked(Call call)
    {
        lock (call.Platform.Gate)
            return call.Resident(call.Route("userId"))?.LinkedMenu is { } id && call.Channel.RichMenus.Has(id) ? Answer.Ok(new JsonObject { ["richMenuId"] = id }) : Answer.Error(404, "the user has no richmenu");
    }

    private static Answer Unlink(Call call)
    {
        lock (call.Platform.Gate) Attach(call, call.Route("userId"), null);
        return Answer.Done with { Resident = call.Route("userId") };
    }

    private static Answer Bulk(Call call, bool link)
    {
        var body = new BodyReader(call);
        if (link) body.Allow("richMenuId", "userIds");
        else body.Allow("userIds");
        var ids = body.Texts("userIds", 500);
        var menuId = link ? body.Text("richMenuId") : null;
        if (body.Refusal is { } refusal) return refusal;
        var malformed = Array.FindIndex(ids, id => !BodyReader.UserId().IsMatch(id));
        if (malformed >= 0) return Answer.BadProperty($"userIds[{malformed}]");
        lock (call.Platform.Gate)
        {
            if (menuId is not null && call.Channel.RichMenus.Find(menuId) is not { Image: not null }) return Answer.Error(400, "richmenu not found");
        }

        call.Platform.Later(call.Platform.Options.BulkDelay, () =>
        {
            foreach (var id in ids) Attach(call, id, menuId);
        });
        return Answer.Accepted;
    }

    // Blocked, departed and unknown people: success, and nothing linked.
    private static void Attach(Call call, string userId, string? menuId)
    {
        if (call.Resident(userId) is not { Friendship: Friendship.Friend } resident) return;
        resident.LinkedMenu = menuId;
        call.Platform.ScreenChanged(resident);
    }

    private static Answer CreateAlias(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("richMenuAliasId", "richMenuId");
        var (alias, menu) = (body.Text("richMenuAliasId"), body.Text("richMenuId"));
        if (alias.Length > 0 && !AliasId().IsMatch(alias)) body.Fault("Invalid richMenuAliasId", "richMenuAliasId");
        if (body.Refusal is { } refusal) return refusal;
        lock (call.Platform.Gate)
        {
            var shelf = call.Channel.RichMenus;
            if (shelf.Alias(alias) is not null) return Answer.Error(400, "conflict richmenu alias id");
            if (shelf.Find(menu) is not { Image: not null }) return Answer.Error(400, "richmenu not found");
            if (shelf.Aliases.Count >= RichMenuShelf.Most) return Answer.Error(400, "The maximum number of rich menu aliases has been reached");
            shelf.Aliases[alias] = menu;
            return Answer.Done;
        }
    }

    private static Answer UpdateAlias(Call call)
    {
        var body = new BodyReader(call);
        body.Allow("richMenuId");
        var menu = body.Text("richMenuId");
        if (body.Refusal is { } refusal) return refusal;
        lock (call.Platform.Gate)
        {
            var shelf = call.Channel.RichMenus;
            if (shelf.Alias(call.Route("alias")) is null) return Answer.Error(404, "richmenu alias not found");
            if (shelf.Find(menu) is not { Image: not null }) return Answer.Error(400, "richmenu not found");
            shelf.Aliases[call.Route("alias")] = menu;
            return Answer.Done;
        }
    }

    private static Answer DeleteAlias(Call call)
    {
        lock (call.Platform.Gate) return call.Channel.RichMenus.Aliases.Remove(call.Route("alias")) ? Answer.Done : Answer.Error(404, "richmenu alias not found");
    }

    private static Answer GetAlias(Call call)
    {
        lock (call.Platform.Gate)
            return call.Channel.RichMenus.Alias(call.Route("alias")) is { } menu ? Answer.Ok(Alias(call.Route("alias"), menu)) : Answer.Error(404, "richmenu alias not found");
    }

    private static Answer ListAliases(Call call)
    {
        lock (call.Platform.Gate)
            return Answer.Ok(new JsonObject { ["aliases"] = new JsonArray([.. call.Channel.RichMenus.Aliases.Select(a => (JsonNode)Alias(a.Key, a.Value))]) });
    }

    private static JsonObject Alias(string alias, string menu) => new() { ["richMenuAliasId"] = alias, ["richMenuId"] = menu };

    private static JsonObject Shown(RichMenu menu)
    {
        var shown = new JsonObject { ["richMenuId"] = menu.Id };
        foreach (var property in menu.Json.EnumerateObject()) shown[property.Name] = property.Value.Deserialize<JsonNode>();
        return shown;
    }

    private static Answer With(Call call, Func<RichMenu, Answer> answer)
    {
        lock (call.Platform.Gate) return call.Channel.RichMenus.Find(call.Route("richMenuId")) is { } menu ? answer(menu) : Answer.Error(404, "richmenu not found");
    }

    private static Answer NoImage() => Answer.Error(400, "must upload richmenu image before applying it to user");

    [GeneratedRegex("^[a-z0-9_-]{1,32}$")]
    private static partial Regex AliasId();
}
