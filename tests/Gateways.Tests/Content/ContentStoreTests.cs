using System.Text;

namespace OrleansGov.Gateways.Tests.Content;

/// <summary>Residents' pictures under our own ids.</summary>
public sealed class ContentStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("content-").FullName;
    private readonly ContentStore _store;

    public ContentStoreTests() => _store = new ContentStore(_directory);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Put_ThenOpen_GivesThePictureWithoutItsPlace()
    {
        var put = await Put("id", Pictures.Jpeg());

        Assert.Equal("image/jpeg", put.MediaType);
        var bytes = await Bytes("town", "id");
        Assert.Equal(put.Size, bytes!.Length);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Pictures.Secret)));
    }

    [Fact]
    public async Task Put_OfAnIdThatIsThere_KeepsTheFirst()
    {
        await Put("id", Pictures.Jpeg());
        var second = await Put("id", Pictures.Png());
        Assert.Equal("image/jpeg", second.MediaType);
        Assert.Single(Files);
    }

    [Fact]
    public async Task Put_AtOnceByMany_StoresOneWholeFile()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Put("id", Pictures.Png()))));
        Assert.Equal(ContentFormat.WithoutMetadata("image/png", Pictures.Png()), await Bytes("town", "id"));
        Assert.Single(Files);
    }

    [Fact]
    public async Task Delete_BeforePut_KeepsItOut()
    {
        await _store.DeleteAsync("town", "id");
        await Put("id", Pictures.Jpeg());
        Assert.Null(await Bytes("town", "id"));
    }

    [Fact]
    public async Task Delete_AfterPut_RemovesItForGood()
    {
        await Put("id", Pictures.Jpeg());
        await _store.DeleteAsync("town", "id");
        await _store.DeleteAsync("town", "id");
        await Put("id", Pictures.Jpeg());
        Assert.Null(await Bytes("town", "id"));
    }

    [Fact]
    public async Task Delete_WhileItIsBeingStored_Wins()
    {
        var slow = new SlowStream(Pictures.Jpeg());
        var putting = _store.PutAsync("town", "id", slow, TestContext.Current.CancellationToken);
        await _store.DeleteAsync("town", "id"); // the unsend overtakes the download
        slow.GoOn();
        await putting;
        Assert.Null(await Bytes("town", "id"));
    }

    [Fact]
    public async Task Put_ThatBreaksOff_LeavesNothing()
    {
        var broken = new SlowStream(Pictures.Jpeg(), breaks: true);
        broken.GoOn();
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync("town", "id", broken, TestContext.Current.CancellationToken));
        Assert.Empty(Files);
    }

    [Theory, InlineData("<svg/>"), InlineData("<html>"), InlineData("")]
    public async Task Put_OfWhatIsNotKept_IsRefusedWhateverItIsCalled(string content)
    {
        var refused = await Assert.ThrowsAsync<ContentRefusedException>(() => Put("photo.jpg", Encoding.UTF8.GetBytes(content)));
        Assert.Equal(ContentRefusal.UnsupportedType, refused.Why);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Put_OfMoreThanTwentyMegabytes_IsRefused()
    {
        byte[] large = [.. "%PDF-1.7"u8, .. new byte[20 * 1024 * 1024]];
        Assert.Equal(ContentRefusal.TooLarge, (await Assert.ThrowsAsync<ContentRefusedException>(() => Put("id", large))).Why);
        Assert.Empty(Files);
    }

    [Theory, InlineData("../../etc/passwd"), InlineData("a/b"), InlineData("/abs"), InlineData("..\\x"), InlineData("nul\0byte")]
    public async Task Put_OfAHostileId_StaysInTheDirectory(string id)
    {
        await Put(id, Pictures.Png());
        Assert.NotNull(await Bytes("town", id));
        Assert.All(Files, f => Assert.StartsWith(_directory, Path.GetFullPath(f), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Contents_OfTownsWithTheSameId_NeverMeet()
    {
        await Put("id", Pictures.Png());
        Assert.Null(await Bytes("other", "id"));
    }

    private string[] Files => Directory.GetFiles(_directory, "*", SearchOption.AllDirectories);

    private Task<StoredContent> Put(string id, byte[] bytes) => _store.PutAsync("town", id, new MemoryStream(bytes), TestContext.Current.CancellationToken);

    private async Task<byte[]?> Bytes(string town, string id)
    {
        if (await _store.OpenAsync(town, id, TestContext.Current.CancellationToken) is not { } open) return null;
        await using var stream = open.Bytes;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    /// <summary>Bytes that come when told, or break off half way.</summary>
    private sealed class SlowStream(byte[] bytes, bool breaks = false) : Stream
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public void GoOn() => _go.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _go.Task.WaitAsync(cancellationToken);
            if (breaks && _at > bytes.Length / 2) throw new IOException("The line went dead.");
            var count = Math.Min(10, bytes.Length - _at);
            bytes.AsSpan(_at, count).CopyTo(buffer.Span);
            _at += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
