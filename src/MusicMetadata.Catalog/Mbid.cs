using System.Buffers.Binary;
using System.Buffers.Text;

namespace MusicMetadata.Catalog;

/// <summary>
/// MusicBrainz identifiers: UUIDs, which are numbers of 128 bits. A catalog made from MusicBrainz has them as ids of 22 characters of
/// base62, so that all ids look alike.
/// </summary>
public static class Mbid
{
    /// <summary>Characters of an id.</summary>
    public const int IdLength = 22;

    /// <summary>Characters of a UUID.</summary>
    public const int UuidLength = 36;

    /// <summary>The most digits whose value fits 64 bits: dividing a number of 128 bits costs thirty times as much as one of 64.</summary>
    private const int DigitsOfPart = 10;

    private const ulong PartBase = 839_299_365_868_340_224;

    private static ReadOnlySpan<byte> Digits => "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8;

    /// <summary>Writes an id: the number in base62, with leading zeros.</summary>
    public static void WriteId(UInt128 mbid, Span<byte> id)
    {
        for (var end = IdLength; end > 0; end -= DigitsOfPart)
        {
            (mbid, var rest) = UInt128.DivRem(mbid, PartBase);
            var part = (ulong)rest;
            for (var i = end - 1; i >= Math.Max(0, end - DigitsOfPart); i--)
            {
                (part, var digit) = Math.DivRem(part, (ulong)Digits.Length);
                id[i] = Digits[(int)digit];
            }
        }
    }

    /// <summary>Reads an id; false when it is not one of an MBID.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> id, out UInt128 mbid)
    {
        mbid = 0;
        if (id.Length != IdLength)
        {
            return false;
        }

        for (var start = 0; start < IdLength; start += start == 0 ? IdLength % DigitsOfPart : DigitsOfPart)
        {
            var part = 0UL;
            foreach (var character in id.Slice(start, start == 0 ? IdLength % DigitsOfPart : DigitsOfPart))
            {
                var digit = Digits.IndexOf(character);
                if (digit < 0)
                {
                    return false;
                }

                part = (part * (ulong)Digits.Length) + (ulong)digit;
            }

            // The first two digits may stand for more than what 128 bits leave to them.
            if (mbid > (UInt128.MaxValue - part) / PartBase)
            {
                return false;
            }

            mbid = (mbid * PartBase) + part;
        }

        return true;
    }

    /// <summary>Writes a UUID, in lower case.</summary>
    public static void WriteUuid(UInt128 mbid, Span<byte> uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, mbid);
        _ = Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), uuid, out _);
    }

    /// <summary>Reads a UUID such as <c>89ad4ac3-39f7-470e-963a-56509c546377</c>, in any case; false when it is none.</summary>
    public static bool TryReadUuid(ReadOnlySpan<byte> uuid, out UInt128 mbid)
    {
        mbid = 0;
        if (uuid.Length != UuidLength || !Utf8Parser.TryParse(uuid, out Guid guid, out var read) || read != UuidLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = guid.TryWriteBytes(bytes, bigEndian: true, out _);
        mbid = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return true;
    }
}
