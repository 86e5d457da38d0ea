namespace OrleansGov.Browser.Tests;

/// <summary>The main job, by tapping and typing in a real browser.</summary>
public sealed class BookingTests(OpenOffice office)
{
    [Fact]
    public async Task RichMenu_WhenItsFirstAreaIsTapped_BeginsTheApplication()
    {
        await using var visit = await office.VisitAsync(390, 844);
        var phone = await Phone.OpenAsync(visit.Page, new Person(Pace.Machine));
        var menu = phone.Frame.GetByRole(AriaRole.Group, new() { Name = "メニュー" });
        await Expect(menu.GetByRole(AriaRole.Button)).ToHaveCountAsync(4);
        await Visit.AssertAccessibleAsync(visit.Page);
        await Visit.PictureAsync(visit.Page, "menu");
        await menu.GetByRole(AriaRole.Button, new() { Name = "粗大ごみを申し込む" }).ClickAsync();
        await phone.SeesAsync("何を捨てますか");
        visit.AssertCalm();
    }

    [Fact]
    public async Task Booking_WithStickerAndPhotoInTheMiddle_CanBeChangedAndCancelled()
    {
        await using var visit = await office.VisitAsync(390, 844);
        var person = new Person(Pace.Machine);
        var phone = await Phone.OpenAsync(visit.Page, person);
        await phone.SayAsync("粗大ごみ");
        await phone.SeesAsync("何を捨てますか");
        await phone.SendStickerAsync("ありがとう");
        await phone.SeesAsync("スタンプありがとうございます");
        await phone.SendPhotoAsync();
        await phone.SeesAsync("写真を受け取りました");
        await phone.SayAsync("ふとん ２枚");
        await phone.SeesAsync("ふとん ×2");
        await Visit.PictureAsync(visit.Page, "phone");
        await phone.TapChipAsync("これで全部");
        await phone.SayAsync("みなと町一丁目");
        await phone.SeesAsync("中部地区");
        await person.TapAsync(phone.Day(2));
        var form = new FormTab(await phone.OpenFormAsync(), person);
        await form.FillAsync();
        await form.SendAsync();
        await Expect(form.Page.GetByRole(AriaRole.Heading, new() { Name = "送信しました" })).ToBeVisibleAsync();
        await form.Page.CloseAsync();
        await phone.SeesAsync("内容の確認");
        await Visit.AssertAccessibleAsync(visit.Page);
        await phone.TapAsync("この内容で申し込む");
        await Expect(phone.Said("受付完了")).ToContainTextAsync(Phone.ReceiptNumber());

        await phone.SayAsync("申込状況");
        await Expect(phone.Said("お申し込みの状況")).ToBeVisibleAsync();
        await phone.TapAsync("変更する");
        await Expect(phone.Button("この内容に変更する")).ToBeVisibleAsync();
        await phone.TapAsync("修正 収集日");
        var other = await phone.Day(3).InnerTextAsync();
        await person.TapAsync(phone.Day(3));
        await Expect(phone.Said("内容の確認")).ToContainTextAsync(other);
        await phone.TapAsync("この内容に変更する");
        await Expect(phone.Said("変更しました")).ToBeVisibleAsync();

        await phone.SayAsync("申込状況");
        await Expect(phone.Said("受付番号")).ToContainTextAsync(other);
        await phone.TapAsync("取り消す");
        await phone.SeesAsync("取り消しますか");
        await phone.TapAsync("はい");
        await phone.SeesAsync("取り消しました");
        visit.AssertCalm();
    }
}
