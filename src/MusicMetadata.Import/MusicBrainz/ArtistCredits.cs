using System.Runtime.InteropServices;

namespace MusicMetadata.Import.MusicBrainz;

/// <summary>Who is credited: the artists of each artist credit, in the order of the credit.</summary>
internal sealed class ArtistCredits
{
    private readonly List<int> _artists = [];
    private readonly IdTable<int> _starts = new(DumpTable.ArtistCreditName.Name);
    private readonly IdTable<int> _counts = new(DumpTable.ArtistCreditName.Name);

    /// <summary>Reads them; artists that are not in the dump are left out.</summary>
    public ArtistCredits(Dump dump, ArtistRows artists, LeftOut leftOut)
    {
        var places = new List<long>();
        dump.ForEach(DumpTable.ArtistCreditName, row =>
        {
            var artist = row.Id(2);
            if (artists.Has(artist))
            {
                places.Add(((long)row.Id(0) << 32) | (uint)row.Id(1));
                _artists.Add(artist);
            }
            else
            {
                leftOut.Add("credits of artists");
            }
        });
        CollectionsMarshal.AsSpan(places).Sort(CollectionsMarshal.AsSpan(_artists));
        for (var i = 0; i < places.Count; i++)
        {
            var credit = (int)(places[i] >> 32);
            if (_counts[credit]++ == 0)
            {
                _starts[credit] = i;
            }
        }
    }

    /// <summary>The artists of a credit, by their numbers.</summary>
    public ReadOnlySpan<int> Of(int credit) => CollectionsMarshal.AsSpan(_artists).Slice(_starts[credit], _counts[credit]);
}
