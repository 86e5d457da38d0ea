using System.Text.RegularExpressions;

namespace OrleansGov.Browser.Tests;

/// <summary>One resident's phone in the simulator, used as a person uses it: what one sees, and what one touches.</summary>
public sealed partial class Phone(IPage page, ILocator frame, Person person)
{
    public ILocator Frame => frame;

    [GeneratedRegex(@"S\d{6}-\d{5}")]
    public static partial Regex ReceiptNumber();

    /// <summary>The last row of the office that holds these words.</summary>
    public ILocator Said(string words) => frame.Locator(".row.bot", new() { HasText = words }).Last;

    public Task SeesAsync(string words) => Expect(Said(words)).ToBeVisibleAsync();

    /// <summary>Opens the simulator with one new resident on the table, or several side by side; the first one is in the hand.</summary>
    public static async Task<Phone> OpenAsync(IPage page, Person person, params string[] names)
    {
        var residents = new List<string>();
        foreach (var name in names.Length > 0 ? names : [null!])
        {
            var made = await page.Context.APIRequest.PostAsync("/simulator/api/residents", new() { DataObject = new { name } });
            Assert.True(made.Ok, await made.TextAsync());
            residents.Add((await made.JsonAsync())!.Value.GetProperty("id").GetString()!);
        }
        await page.GotoAsync($"/simulator?residents={string.Join(',', residents)}&active={residents[0]}");
        var phone = Beside(page, person, 0);
        await phone.SeesAsync("友だち追加ありがとうございます");
        return phone;
    }

    /// <summary>The n-th phone on the table, in this person's hands.</summary>
    public static Phone Beside(IPage page, Person person, int n) => new(page, page.Locator(".phone").Nth(n), person);

    public async Task SayAsync(string words)
    {
        var field = frame.GetByRole(AriaRole.Textbox);
        await person.TypeAsync(field, words);
        await field.PressAsync("Enter");
    }

    /// <summary>A quick reply under the last message.</summary>
    public ILocator Chip(string label) => frame.Locator(".chip", new() { HasText = label }).First;

    public Task TapChipAsync(string label) => person.TapAsync(Chip(label));

    /// <summary>A button inside the last message that has it.</summary>
    public ILocator Button(string label) => frame.Locator(".row.bot").GetByRole(AriaRole.Button, new() { Name = label, Exact = true }).Last;

    public Task TapAsync(string label, bool checking = false) => person.TapAsync(Button(label), checking);

    /// <summary>A day among the quick replies: the n-th one offered.</summary>
    public ILocator Day(int n) => frame.Locator(".chip").Filter(new() { HasTextRegex = new(@"^\d+月\d+日") }).Nth(n);

    public async Task SendStickerAsync(string name)
    {
        await person.TapAsync(frame.GetByRole(AriaRole.Button, new() { Name = "スタンプを送る" }));
        await person.TapAsync(frame.GetByRole(AriaRole.Button, new() { Name = $"スタンプ：{name}" }));
    }

    public async Task SendPhotoAsync()
    {
        await person.TapAsync(frame.GetByRole(AriaRole.Button, new() { Name = "写真・位置情報・ファイルを送る" }));
        await person.TapAsync(frame.GetByRole(AriaRole.Button, new() { Name = "写真", Exact = true }));
        await person.TapAsync(page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "見本を送る" }));
    }

    /// <summary>Opens the one-time form in its own tab.</summary>
    public async Task<IPage> OpenFormAsync()
    {
        var form = await page.Context.RunAndWaitForPageAsync(() => person.TapAsync(Button("入力フォームを開く")));
        await form.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        return form;
    }
}
