using System.Text.RegularExpressions;

namespace OrleansGov.Browser.Tests;

/// <summary>How long the main job takes a person.</summary>
public sealed class PersonsPaceTests(OpenOffice office)
{
    /// <summary>The product's promise to a person in a hurry.</summary>
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(44);

    [Fact]
    public async Task Booking_AtAPersonsPace_IsDoneWithinThePromise()
    {
        await using var visit = await office.VisitAsync();
        var quick = new Person(Pace.Machine);
        await Phone.OpenAsync(visit.Page, quick, "港 花子", "浜田 みさき");
        var neighbour = Phone.Beside(visit.Page, quick, 1);
        await neighbour.SayAsync("粗大ごみ");
        await neighbour.SeesAsync("何を捨てますか");
        await neighbour.SayAsync("たんす");
        await neighbour.SeesAsync("どれに近いですか");

        var person = new Person(Pace.Human);
        var phone = Phone.Beside(visit.Page, person, 0);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        await phone.SayAsync("そふぁー");
        await phone.SeesAsync("どれに近いですか");
        await phone.TapChipAsync("ソファ（2人掛け）");
        await phone.SeesAsync("いくつですか");
        await phone.TapChipAsync("1点");
        await phone.SeesAsync("合計 1,200円");
        await Visit.PictureAsync(visit.Page, "simulator");
        await phone.TapChipAsync("これで全部");
        await phone.SeesAsync("どこに取りに行きますか");
        await phone.SayAsync("山手1丁目");
        await phone.SeesAsync("北部地区");
        var day = await phone.Day(1).InnerTextAsync();
        await person.TapAsync(phone.Day(1));
        await phone.SeesAsync("お名前と住所");

        var form = new FormTab(await phone.OpenFormAsync(), person);
        await Expect(form.Page).ToHaveTitleAsync(new Regex("^粗大ごみの申込み"));
        await form.FillAsync();
        await form.SendAsync();
        await Expect(form.Page.GetByRole(AriaRole.Heading, new() { Name = "送信しました" })).ToBeVisibleAsync();
        await form.Page.CloseAsync();

        var review = phone.Said("内容の確認");
        await Expect(review).ToContainTextAsync("ソファ（2人掛け） ×1");
        await Expect(review).ToContainTextAsync("山手一丁目");
        await Expect(review).ToContainTextAsync(day);
        await Expect(review).ToContainTextAsync("1,200円");
        await Expect(review).Not.ToContainTextAsync("花子");
        await TallPictureAsync(visit, phone, "review");
        await phone.TapAsync("この内容で申し込む", checking: true);

        var receipt = phone.Said("受付完了");
        await Expect(receipt).ToContainTextAsync(Phone.ReceiptNumber());
        var took = person.Elapsed;
        await Expect(receipt).ToContainTextAsync(day);
        await phone.SeesAsync("便利でしたか");
        await TallPictureAsync(visit, phone, "receipt");
        Console.WriteLine($"[measured] 粗大ごみ to receipt in the simulator: {took.TotalSeconds:0.0} s, {person.Taps} taps, {person.Typed} typed characters ({Pace.Human})");
        Assert.True(took < Promise, $"{took.TotalSeconds:0.0} s");
        visit.AssertCalm();
    }

    // A card is taller than the talk of a small screen.
    private static async Task TallPictureAsync(Visit visit, Phone phone, string name)
    {
        await visit.Page.SetViewportSizeAsync(1280, 940);
        await Visit.PictureAsync(phone.Frame, name);
        await visit.Page.SetViewportSizeAsync(1280, 720);
    }
}
