using System.Buffers.Binary;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Compact.Coding;

namespace MusicMetadata.Compact.Reading;

/// <summary>Reads the columns that <see cref="TrackColumns"/> wrote.</summary>
/// <param name="content">The record.</param>
/// <param name="lists">Takes lists of texts.</param>
/// <param name="credits">Takes numbers of artists.</param>
internal sealed class TrackFieldsReader(RecordContent content, RecordLists lists, List<int> credits)
{
    private const int MaxFlags = 5;
    private const int MaxNumber = 10_000_000;

    /// <summary>Reads all tracks of a record.</summary>
    /// <param name="cursor">Stands at the first column.</param>
    /// <param name="urls">Reads addresses.</param>
    /// <param name="row">The row of the record.</param>
    /// <param name="artists">How many artists it has.</param>
    /// <param name="tracks">Takes them.</param>
    public void Read(ref RecordCursor cursor, ref UrlReader urls, long row, int artists, Span<TrackFields> tracks)
    {
        var before = row - 1;
        foreach (ref var track in tracks)
        {
            track.Key = before += cursor.ReadSigned() + 1;
        }

        foreach (ref var track in tracks)
        {
            track.Id = cursor.ReadId();
        }

        foreach (ref var track in tracks)
        {
            track.Name = cursor.ReadText();
        }

        ReadIsrcs(ref cursor, tracks);
        foreach (ref var track in tracks)
        {
            track.DurationMs = cursor.ReadSigned();
        }

        foreach (ref var track in tracks)
        {
            track.Flags = cursor.ReadCount(MaxFlags);
        }

        foreach (ref var track in tracks)
        {
            track.Popularity = cursor.ReadSigned();
        }

        var (disc, number) = (1L, 0L);
        foreach (ref var track in tracks)
        {
            track.DiscNumber = disc += cursor.ReadSigned();
            track.TrackNumber = number += cursor.ReadSigned() + 1;
        }

        foreach (ref var track in tracks)
        {
            track.Preview = urls.Read(ref cursor);
        }

        foreach (ref var track in tracks)
        {
            track.Artists = ReadCredits(ref cursor, artists);
        }

        foreach (ref var track in tracks)
        {
            track.OriginalTitle = ReadTitle(ref cursor, track.Name);
            track.VersionTitle = ReadTitle(ref cursor, track.Name);
        }

        foreach (ref var track in tracks)
        {
            track.Languages = ReadCodes(ref cursor, 0);
        }

        foreach (ref var track in tracks)
        {
            track.Roles = ReadCodes(ref cursor, track.Artists.Count);
        }
    }

    /// <summary>Reads a list of numbers of artists.</summary>
    public ListRange ReadCredits(ref RecordCursor cursor, int artists)
    {
        var range = new ListRange(credits.Count, cursor.ReadLength());
        for (var i = 0; i < range.Count; i++)
        {
            credits.Add(cursor.ReadCount(artists - 1));
        }

        return range;
    }

    private void ReadIsrcs(ref RecordCursor cursor, Span<TrackFields> tracks)
    {
        var head = default(CodedText);
        var number = 0;
        foreach (ref var track in tracks)
        {
            track.IsrcKind = (IsrcKind)cursor.ReadCount((int)IsrcKind.Near);
            track.Isrc = default;
            switch (track.IsrcKind)
            {
                case IsrcKind.None:
                    continue;
                case IsrcKind.Other:
                    track.Isrc.Text = cursor.ReadText();
                    continue;
                case IsrcKind.Near:
                    number += (int)Math.Clamp(cursor.ReadSigned(), -MaxNumber, MaxNumber);
                    break;
                case IsrcKind.Whole:
                    head = cursor.ReadCoded();
                    number = ReadDigits(ref cursor);
                    break;
                default:
                    number = ReadDigits(ref cursor);
                    break;
            }

            track.IsrcHead = head;
            track.Isrc.Number = number;
        }
    }

    private int ReadDigits(ref RecordCursor cursor)
    {
        var bytes = content[cursor.ReadRaw(DigitCode.SizeOf(TrackColumns.IsrcDigits))];
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes) | (bytes[2] << 16);
    }

    private static Extent ReadTitle(ref RecordCursor cursor, Extent name)
    {
        switch ((TitleKind)cursor.ReadCount((int)TitleKind.Other))
        {
            case TitleKind.None:
                return default;
            case TitleKind.Name:
                return name;
            case TitleKind.Other:
                return cursor.ReadText();
            default:
                var start = cursor.ReadCount(name.Length);
                return new Extent(name.Start + start, cursor.ReadCount(name.Length - start));
        }
    }

    private ListRange ReadCodes(ref RecordCursor cursor, int expected)
    {
        var count = cursor.ReadSigned() + expected;
        return count >= 0 && count <= cursor.NumbersLeft
            ? lists.ReadTexts(ref cursor, (int)count)
            : throw new InvalidDataException("a count is too large");
    }
}
