using Microsoft.Data.Sqlite;
using MusicMetadata.Catalog;
using MusicMetadata.Matching;
using MusicMetadata.Search.Blocks;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Search.Building;

/// <summary>Writes the blocks by which matching finds candidates, each table from its lowest key to its highest.</summary>
/// <param name="index">The index file.</param>
/// <param name="entries">What was read of the catalog.</param>
/// <param name="progress">Told how far it has got.</param>
internal sealed class BlockTable(SqliteConnection index, EntryReader entries, IWorkProgress progress)
{
    /// <summary>
    /// Bytes of a block before it is compressed, some 200 tracks: smaller ones compress less, larger ones leave more of a page empty.
    /// </summary>
    private const int ArtistBlockSize = 2100;

    /// <summary>Bytes of a block of albums or UPCs, which are not compressed.</summary>
    private const int PlainBlockSize = 4000;

    /// <summary>Writes all three tables.</summary>
    public void Write(CancellationToken cancellation)
    {
        index.Execute(IndexSchema.CreateBlocks);
        WriteArtists(cancellation);
        WriteAlbums(cancellation);
        WriteUpcs(cancellation);
    }

    private void WriteArtists(CancellationToken cancellation)
    {
        using var writer = new ArtistBlockWriter(index);
        var encoder = new ArtistBlockEncoder();
        var group = new List<(CatalogKey Album, TrackSketch Track)>();
        var firstKey = 0L;
        var size = 0;
        var (artist, part) = (-1L, 0L);
        foreach (var record in Distinct(entries.Tracks, "credits", cancellation))
        {
            var (nextArtist, album, track) = EntryReader.ReadTrack(record.Span);
            if (nextArtist != artist)
            {
                EndArtist();
                (artist, part) = (nextArtist, 0);
            }
            else if (size > ArtistBlockSize && group[^1].Track.TitleHash != track.TitleHash)
            {
                // An artist with more than a block has blocks of its own, of which each begins with another title.
                EndPart();
                part++;
            }

            group.Add((album, track));
            size += track.IsPrimary ? 12 : 8;
        }

        EndArtist();
        Flush();
        writer.Finish();

        void EndPart()
        {
            Flush();
            firstKey = BlockKeys.Row(artist, part);
            AddGroup();
            Flush();
        }

        void EndArtist()
        {
            if (group.Count == 0)
            {
                return;
            }

            if (encoder.Count > 0 && encoder.Length + size > ArtistBlockSize)
            {
                Flush();
            }

            if (encoder.Count == 0)
            {
                firstKey = BlockKeys.Row(artist, part);
            }

            AddGroup();
        }

        void AddGroup()
        {
            encoder.Add(artist, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group));
            group.Clear();
            size = 0;
        }

        void Flush()
        {
            if (encoder.Count > 0)
            {
                writer.Add(firstKey, encoder);
            }
        }
    }

    private void WriteAlbums(CancellationToken cancellation)
    {
        using var insert = new RowInsert(index, "INSERT INTO album_blocks (key, block) VALUES (?1, ?2)");
        var block = new ByteWriter();
        var (firstName, name, part) = (0L, 0L, 0L);
        foreach (var record in Distinct(entries.Albums, "albums", cancellation))
        {
            var (nextName, entry) = EntryReader.ReadAlbum(record.Span);
            if (block.Length > PlainBlockSize)
            {
                insert.Bind(1, BlockKeys.Row(firstName, part));
                insert.BindBlob(2, block.Written);
                insert.Execute();
                block.Clear();
                part = nextName == name ? part + 1 : 0;
            }

            if (block.Length == 0)
            {
                // A name whose albums go on in the next block begins that one; a block that others begin has part 0.
                part = nextName == name ? Math.Max(part, 1) : 0;
                (firstName, name) = (nextName, nextName);
            }

            block.WriteNumber((ulong)(nextName - name));
            block.WriteSigned(entry.Album.Value);
            block.WriteByte((byte)entry.ArtistHash);
            block.WriteByte(BlockKeys.ByteOf(entry.Year));
            block.WriteNumber((ulong)entry.TotalTracks);
            name = nextName;
        }

        if (block.Length > 0)
        {
            insert.Bind(1, BlockKeys.Row(firstName, part));
            insert.BindBlob(2, block.Written);
            insert.Execute();
        }
    }

    private void WriteUpcs(CancellationToken cancellation)
    {
        using var insert = new RowInsert(index, "INSERT INTO upc_blocks (key, block) VALUES (?1, ?2)");
        var block = new ByteWriter();
        var (first, upc) = (0L, 0L);
        foreach (var record in Distinct(entries.Upcs, "UPCs", cancellation))
        {
            // Albums of one code stay in one block: there are a few at most.
            var (nextUpc, album) = EntryReader.ReadUpc(record.Span);
            if (block.Length > PlainBlockSize && nextUpc != upc)
            {
                Flush();
            }

            if (block.Length == 0)
            {
                (first, upc) = (nextUpc, nextUpc);
            }

            block.WriteNumber((ulong)(nextUpc - upc));
            block.WriteSigned(album.Value);
            upc = nextUpc;
        }

        Flush();

        void Flush()
        {
            if (block.Length > 0)
            {
                insert.Bind(1, first);
                insert.BindBlob(2, block.Written);
                insert.Execute();
                block.Clear();
            }
        }
    }

    /// <summary>All records once: reading that was killed may have written some of the last track twice.</summary>
    private IEnumerable<ReadOnlyMemory<byte>> Distinct(RecordSorter sorter, string what, CancellationToken cancellation)
    {
        using var stage = progress.Begin($"Writing {what} for matching", 0);
        var last = Array.Empty<byte>();
        var length = -1;
        var done = 0L;
        foreach (var record in sorter.Merge())
        {
            if (length == record.Length && record.Span.SequenceEqual(last.AsSpan(0, length)))
            {
                continue;
            }

            if (last.Length < record.Length)
            {
                last = new byte[record.Length * 2];
            }

            record.CopyTo(last);
            length = record.Length;
            if ((++done & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                stage.Advance(done);
            }

            yield return record;
        }
    }
}
