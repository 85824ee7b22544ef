using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact;
using MusicMetadata.Compact.Coding;
using MusicMetadata.Compact.Reading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Tests.Compact;

/// <summary>Records as bytes: what is written comes back, and nothing else ever does.</summary>
public class RecordTests
{
    [Theory]
    [InlineData("0000000000000000000000", 16)]
    [InlineData("7N3PAbqfTjSEU1edb2tY8j", 16)]
    [InlineData("7lzzzzzzzzzzzzzzzzzzzz", 16)]
    [InlineData("7mzzzzzzzzzzzzzzzzzzzz", 16)]
    [InlineData("7n00000000000000000000", 16)]
    [InlineData("wnCK1AIfsiaubgjkCieLBF", 17)]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzz", 17)]
    [InlineData("wnCK1AIfsiaubgjkCieLB", 0)]
    [InlineData("wnCK1AIfsiaubgjkCieLB-", 0)]
    public void An_id_comes_back_from_its_number(string id, int size)
    {
        Span<byte> code = stackalloc byte[IdCode.MaxSize];
        var got = IdCode.TryEncode(Encoding.UTF8.GetBytes(id), code);
        Assert.True(got == size || (size == 16 && got == 17), $"{got} bytes");
        if (got > 0)
        {
            Span<byte> text = stackalloc byte[IdCode.Length];
            IdCode.Decode(code[..got], text);
            Assert.Equal(id, Encoding.UTF8.GetString(text));
        }
    }

    [Fact]
    public void Random_ids_come_back_and_no_two_have_the_same_number()
    {
        var random = Seeded.Random();
        var seen = new Dictionary<string, string>();
        Span<byte> code = stackalloc byte[IdCode.MaxSize];
        Span<byte> text = stackalloc byte[IdCode.Length];
        for (var i = 0; i < 20_000; i++)
        {
            var id = new string(random.GetItems("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".AsSpan(), IdCode.Length));
            var size = IdCode.TryEncode(Encoding.UTF8.GetBytes(id), code);
            IdCode.Decode(code[..size], text);
            Assert.Equal(id, Encoding.UTF8.GetString(text));
            seen.Add(Convert.ToHexString(code[..size]), id);
        }
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(700, 1, 1_000)]
    [InlineData(700, -5, long.MaxValue >> 20)]
    public void Every_key_is_found_by_its_hash(int entries, long lowest, long highest)
    {
        var random = Seeded.Random();
        var buckets = HashBuckets.Parse(HashBuckets.For(entries, lowest, highest).ToString());
        var keys = Enumerable.Range(0, entries)
            .Select(_ => (Hash: (ulong)random.NextInt64() * 2, Key: random.NextInt64(lowest, highest + 1))).Order().ToArray();
        foreach (var bucket in keys.GroupBy(key => buckets.Locate(key.Hash).Bucket))
        {
            var blob = new ByteBuffer();
            buckets.Write(blob, bucket.Select(key => (buckets.Locate(key.Hash).Tag, key.Key)).ToArray());
            foreach (var (hash, key) in bucket)
            {
                var found = new List<long>();
                buckets.Find(blob.Bytes, buckets.Locate(hash).Tag, found);
                Assert.Contains(key, found);
            }
        }
    }

    [Fact]
    public async Task A_flipped_bit_of_any_row_is_an_error()
    {
        using var folder = new TemporaryFolder();
        var compact = await CompactFixture.BuildAsync(folder.AddConformanceCatalog());
        using var connection = SqliteFile.OpenForReading(compact, cacheBytes: 1 << 20);
        var checkedTables = new HashSet<string>();
        foreach (var table in CompactFormat.Tables)
        {
            foreach (var (key, blob) in ReadRows(connection, table).Take(20))
            {
                _ = Checksum.Verify(table, key, blob);
                for (var bit = 0; bit < blob.Length * 8; bit += blob.Length > 2_000 ? 97 : 1)
                {
                    blob[bit / 8] ^= (byte)(1 << (bit % 8));
                    _ = Assert.Throws<InvalidDataException>(() => Checksum.Verify(table, key, blob).Length);
                    blob[bit / 8] ^= (byte)(1 << (bit % 8));
                }

                _ = Assert.Throws<InvalidDataException>(() => Checksum.Verify(table, key + 1, blob).Length);
                _ = checkedTables.Add(table.Name);
            }
        }

        Assert.Superset(CompactFormat.Tables.Select(table => table.Name).Except(["outside_track"]).ToHashSet(), checkedTables);
    }

    /// <summary>Checksums that match what was changed, so that what reads records is tested and not only what guards it.</summary>
    [Fact]
    public async Task A_record_that_is_changed_is_an_error_or_something_readable()
    {
        var random = Seeded.Random();
        using var folder = new TemporaryFolder();
        var compact = await CompactFixture.BuildAsync(AwkwardCatalog.AddTo(folder));
        CompactFile file;
        using (var served = SqliteFile.OpenForServing(compact, cacheBytes: 1 << 20, mmapBytes: 0))
        {
            file = CompactFile.Read(served);
        }

        using var connection = SqliteFile.OpenForReading(compact, cacheBytes: 1 << 20);
        var albums = ReadRows(connection, CompactFormat.Albums).ToArray();

        // Uncompressed copies too: most changes of a compressed record are found when it is decompressed.
        albums = [.. albums, .. albums.Select(album => (album.Key, Decompress(album.Key, album.Blob, file)))];
        var page = new AlbumPage(Zstd.CreateDecompressor(file.Dictionary), file.Codes);
        var records = new CatalogRecords();
        var (errors, readable) = (0, 0);
        for (var i = 0; i < Seeded.Number("METADATA_API_FUZZ_RECORDS", 100_000); i++)
        {
            var (key, blob) = albums[random.Next(albums.Length)];
            var changed = Change(random, blob);
            Checksum.Write(CompactFormat.Albums, key, changed);
            try
            {
                page.Load(new CatalogKey(key), changed);
                records.Clear();
                for (var track = 0; track < Math.Min(page.Tracks.Length, 50); track++)
                {
                    page.AddTrack(track, records);
                }

                if (page.HasAlbum)
                {
                    page.AddAlbum(records);
                }

                readable++;
            }
            catch (InvalidDataException)
            {
                errors++;
            }
        }

        Assert.True(errors > 0 && readable > 0, $"{errors} errors, {readable} readable");
    }

    private static byte[] Change(Random random, byte[] blob)
    {
        var changed = random.Next(10) == 0 ? blob[..random.Next(Checksum.Size, blob.Length + 1)] : (byte[])blob.Clone();
        for (var times = random.Next(1, 5); times > 0 && changed.Length > Checksum.Size; times--)
        {
            changed[random.Next(Checksum.Size, changed.Length)] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
        }

        return changed;
    }

    private static byte[] Decompress(long key, byte[] blob, CompactFile file)
    {
        var cursor = new ByteCursor(Checksum.Verify(CompactFormat.Albums, key, blob));
        var raw = (int)cursor.ReadUnsigned();
        var content = new byte[(int)cursor.ReadUnsigned()];
        var rawBytes = cursor.Read(raw);
        if (cursor.Rest.Length == content.Length)
        {
            return blob;
        }

        using var decompressor = Zstd.CreateDecompressor(file.Dictionary);
        Assert.Equal(content.Length, decompressor.Unwrap(cursor.Rest, content));
        var stored = new ByteBuffer();
        _ = stored.Add(Checksum.Size);
        stored.AddUnsigned((ulong)raw);
        stored.AddUnsigned((ulong)content.Length);
        stored.Add(rawBytes);
        stored.Add(content);
        return stored.Bytes.ToArray();
    }

    private static IEnumerable<(long Key, byte[] Blob)> ReadRows(Microsoft.Data.Sqlite.SqliteConnection connection, Table table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT key, blob FROM {table.Name} ORDER BY key";
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt64(0), (byte[])rows[1]);
        }
    }
}
