using System.Text;

namespace OrleansGov.Gateways.Tests.Content;

/// <summary>What a file is, and what of it is kept.</summary>
public sealed class ContentFormatTests
{
    [Fact]
    public void Jpeg_LosesPlaceCommentAndNotes_AndStaysAPicture()
    {
        var kept = ContentFormat.WithoutMetadata("image/jpeg", Pictures.Jpeg());

        Assert.Equal(-1, kept.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Pictures.Secret)));
        Assert.Equal([0xE0, 0xEE, 0xDB, 0xC0, 0xC4, 0xDA], Pictures.Markers(kept));
        Assert.Equal(kept, ContentFormat.WithoutMetadata("image/jpeg", kept));
    }

    [Fact]
    public void Jpeg_WithASecondPictureBehindIt_LosesThatOne()
    {
        byte[] two = [.. Pictures.Jpeg(), .. Pictures.Jpeg(), .. "PK zip"u8];
        Assert.Equal(ContentFormat.WithoutMetadata("image/jpeg", Pictures.Jpeg()), ContentFormat.WithoutMetadata("image/jpeg", two));
    }

    [Fact]
    public void Png_LosesTextPlaceAndTime_AndStaysAPicture()
    {
        var kept = ContentFormat.WithoutMetadata("image/png", Pictures.Png());

        Assert.Equal(-1, kept.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Pictures.Secret)));
        Assert.Equal(["IHDR", "PLTE", "IDAT", "IEND"], Pictures.Chunks(kept));
    }

    [Fact]
    public void MediaType_IsDecidedByTheBytes()
    {
        Assert.Equal("image/jpeg", ContentFormat.MediaType(Pictures.Jpeg()));
        Assert.Equal("image/png", ContentFormat.MediaType(Pictures.Png()));
        Assert.Equal("application/pdf", ContentFormat.MediaType("%PDF-1.7"u8));
        Assert.Equal("image/heic", ContentFormat.MediaType("\0\0\0\u0018ftypheic"u8));
        Assert.Equal("audio/mp4", ContentFormat.MediaType("\0\0\0\u0018ftypM4A "u8));
        Assert.Equal("video/mp4", ContentFormat.MediaType("\0\0\0\u0018ftypisom"u8));
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>")]
    [InlineData("GIF89a")]
    [InlineData("MZ")]
    [InlineData("")]
    public void MediaType_OfWhatIsNotKept_IsNone(string content) => Assert.Null(ContentFormat.MediaType(Encoding.UTF8.GetBytes(content)));

    [Theory]
    [InlineData("<html><script>alert(1)</script></html>")]
    [InlineData("")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006")]
    public void Jpeg_WhoseHeaderHidesSomethingElse_IsDamaged(string content)
    {
        byte[] file = [0xFF, 0xD8, 0xFF, .. Encoding.UTF8.GetBytes(content)];
        Assert.Equal("image/jpeg", ContentFormat.MediaType(file));
        Assert.Equal(ContentRefusal.Damaged, Assert.Throws<ContentRefusedException>(() => ContentFormat.WithoutMetadata("image/jpeg", file)).Why);
    }

    [Fact]
    public void Pictures_CutShortAnywhereBeforeTheirData_AreDamagedAndNothingElse()
    {
        var (jpeg, png) = (Pictures.Jpeg(), Pictures.Png());
        for (var length = 3; length < jpeg.Length - 9; length++) Refused("image/jpeg", jpeg[..length]);
        for (var length = 8; length < png.Length; length++) Refused("image/png", png[..length]);

        static void Refused(string type, byte[] bytes) =>
            Assert.Equal(ContentRefusal.Damaged, Assert.Throws<ContentRefusedException>(() => ContentFormat.WithoutMetadata(type, bytes)).Why);
    }

    [Theory, InlineData(1, 1_000_000_000), InlineData(100_000, 100_000), InlineData(0, 5)]
    public void Png_OfImpossibleSize_IsRefused(int width, int height) =>
        Assert.Throws<ContentRefusedException>(() => ContentFormat.WithoutMetadata("image/png", Pictures.Png((uint)width, (uint)height)));

    [Fact]
    public void Png_OneWideAndAMillionHigh_IsRefusedForItsSideAlone() =>
        Assert.Throws<ContentRefusedException>(() => ContentFormat.WithoutMetadata("image/png", Pictures.Png(1, 1_000_000)));

    [Fact]
    public void Jpeg_OfMoreThanFortyMillionPixels_IsRefused()
    {
        Assert.Throws<ContentRefusedException>(() => ContentFormat.WithoutMetadata("image/jpeg", Pictures.Jpeg(65_000, 65_000)));
        Assert.NotEmpty(ContentFormat.WithoutMetadata("image/jpeg", Pictures.Jpeg(8000, 5000)));
    }

    [Fact]
    public void WithoutMetadata_OfRandomDamage_RefusesOrKeepsButNeverBreaks()
    {
        var random = new Random(20261124);
        var (jpeg, png) = (Pictures.Jpeg(), Pictures.Png());
        for (var i = 0; i < 20_000; i++)
        {
            var (type, bytes) = i % 2 == 0 ? ("image/jpeg", (byte[])jpeg.Clone()) : ("image/png", (byte[])png.Clone());
            for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                Assert.True(ContentFormat.WithoutMetadata(type, bytes).Length <= bytes.Length + 2);
            }
            catch (ContentRefusedException)
            {
                // refused by its rule: what a damaged picture deserves
            }
        }
    }
}
