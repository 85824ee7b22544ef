using System.Text;
using MusicMetadata.Catalog;

namespace MusicMetadata.Tests.Import.MusicBrainz;

/// <summary>MBIDs as UUIDs and as ids.</summary>
public class MbidTests
{
    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000", "0000000000000000000000")]
    [InlineData("00000000-0000-0000-0000-00000000003e", "0000000000000000000010")]
    [InlineData("ffffffff-ffff-ffff-ffff-ffffffffffff", "7N42dgm5tFLK9N8MT7fHC7")]
    public void An_id_is_the_number_in_base62(string uuid, string id) => Assert.Equal(id, Id(new Guid(uuid)));

    [Fact]
    public void Any_MBID_comes_back_from_its_id_and_its_UUID()
    {
        var random = Seeded.Random();
        var bytes = new byte[16];
        for (var i = 0; i < 10_000; i++)
        {
            random.NextBytes(bytes);
            var uuid = new Guid(bytes);
            Assert.True(Mbid.TryReadUuid(Encoding.ASCII.GetBytes(i % 2 == 0 ? $"{uuid}" : $"{uuid}".ToUpperInvariant()), out var mbid));
            Assert.True(Mbid.TryReadId(Encoding.ASCII.GetBytes(Id(uuid)), out var again));
            Assert.Equal(mbid, again);
            var text = new byte[Mbid.UuidLength];
            Mbid.WriteUuid(again, text);
            Assert.Equal($"{uuid}", Encoding.ASCII.GetString(text));
        }
    }

    [Theory]
    [InlineData("7N42dgm5tFLK9N8MT7fHC8")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("000000000000000000000")]
    [InlineData("00000000000000000000000")]
    [InlineData("000000000000000000000-")]
    [InlineData("")]
    public void What_is_no_id_of_an_MBID_is_refused(string id) => Assert.False(Mbid.TryReadId(Encoding.UTF8.GetBytes(id), out _));

    [Theory]
    [InlineData("89ad4ac3-39f7-470e-963a-56509c54637")]
    [InlineData("89ad4ac3-39f7-470e-963a-56509c5463777")]
    [InlineData("{89ad4ac3-39f7-470e-963a-56509c5463}")]
    [InlineData("89ad4ac3-39f7-470e-963a-56509c54637g")]
    [InlineData("89ad4ac339f7470e963a56509c54637700000")]
    public void What_is_no_UUID_is_refused(string uuid) => Assert.False(Mbid.TryReadUuid(Encoding.UTF8.GetBytes(uuid), out _));

    /// <summary>The id of an MBID.</summary>
    internal static string Id(Guid uuid)
    {
        Assert.True(Mbid.TryReadUuid(Encoding.ASCII.GetBytes($"{uuid}"), out var mbid));
        var id = new byte[Mbid.IdLength];
        Mbid.WriteId(mbid, id);
        return Encoding.ASCII.GetString(id);
    }
}
