using System.Text;
using MusicMetadata.Catalog;
using MusicMetadata.Catalog.Records;
using MusicMetadata.Search.Blocks;

namespace MusicMetadata.Search.Terms;

/// <summary>Finds by the lists of terms that an index has.</summary>
/// <param name="index">The index.</param>
/// <param name="reader">Reads names, and records of what is found by a code.</param>
/// <param name="query">What to find.</param>
/// <param name="deadline">Ends the search.</param>
internal sealed class TermSearch(SearchIndex.Reader index, ICatalogReader reader, TermQuery query, Deadline deadline)
{
    private const int NewDays = 14;

    private readonly RecordTerms _terms = new();
    private readonly TableSearch _table = index[query.Entity];

    /// <summary>For each condition, the terms of which a record must have one.</summary>
    private readonly List<List<long>> _groups = [];

    /// <summary>Finds it.</summary>
    public async ValueTask<TermResult> FindAsync()
    {
        AddGroups();
        if (query.Isrc is not null || query.Upc is not null)
        {
            return await PageAsync(await FindByCodeAsync());
        }

        if (_groups.Count == 0)
        {
            return new TermResult([], 0);
        }

        var ordinals = _table.FindByTerms(_groups, TermQuery.MaxResults, deadline);
        await MoveExactToFrontAsync(ordinals);
        return query.Exclude is null
            ? new TermResult(KeysOf(PartOf(ordinals, query.Offset, query.Limit)), ordinals.Count)
            : await PageAsync(KeysOf(ordinals));
    }

    private void AddGroups()
    {
        TermField[] anywhere = query.Entity switch
        {
            Entity.Track => [TermField.Name, TermField.Artist, TermField.Album],
            Entity.Album => [TermField.Name, TermField.Artist],
            _ => [TermField.Name],
        };
        AddWords(query.Text, anywhere);
        AddWords(query.Name, TermField.Name);
        AddWords(query.Artist, TermField.Artist);
        AddWords(query.Album, TermField.Album);
        foreach (var years in query.Years)
        {
            var terms = new List<long>();
            for (var year = years.First; year <= years.Last; year++)
            {
                terms.Add(Term.OfYear(year));
            }

            _groups.Add(terms);
        }

        foreach (var genre in query.Genres)
        {
            _groups.Add([_terms.OfGenre(Encoding.UTF8.GetBytes(genre))]);
        }

        if (query.IsNew)
        {
            AddNewest();
        }

        if (query.IsLeastPopular)
        {
            _groups.Add([Term.LeastPopular]);
        }
    }

    /// <summary>Adds a group for each word, which may stand in any of some fields.</summary>
    private void AddWords(IList<string> texts, params TermField[] fields)
    {
        var words = new List<long>();
        foreach (var text in texts)
        {
            var first = _groups.Count;
            var utf8 = Encoding.UTF8.GetBytes(text);
            foreach (var field in fields)
            {
                words.Clear();
                _terms.AddWords(field, utf8, words);
                for (var i = 0; i < words.Count; i++)
                {
                    if (_groups.Count == first + i)
                    {
                        _groups.Add([]);
                    }

                    _groups[first + i].Add(words[i]);
                }
            }

            if (words.Count == 0)
            {
                // Nothing but marks that folding removes, which no name has.
                _groups.Add([]);
            }
        }
    }

    /// <summary>Adds the days before that of the newest album: the last day with a list, of the last year with such a day.</summary>
    private void AddNewest()
    {
        var days = new List<long>();
        for (var year = BlockKeys.YearOf(byte.MaxValue); year > BlockKeys.YearOf(1) && days.Count == 0; year--)
        {
            if (!_table.Has(Term.OfYear(year)))
            {
                continue;
            }

            deadline.ThrowIfOver();
            for (var day = new DateTime(year, 12, 31); day.Year == year && days.Count == 0; day = day.AddDays(-1))
            {
                for (var before = 0; before <= NewDays && (days.Count > 0 || _table.Has(Term.OfDay(Term.DayNumber(day)))); before++)
                {
                    days.Add(Term.OfDay(Term.DayNumber(day) - before));
                }
            }
        }

        _groups.Add(days);
    }

    /// <summary>
    /// Puts the results before all others whose names are the text itself, those that were found and, of all with its words, the first
    /// that were not.
    /// </summary>
    private async ValueTask MoveExactToFrontAsync(List<long> found)
    {
        if (query.ExactName is not { } name || found.Count == 0)
        {
            return;
        }

        var wanted = NameFolding.Fold(name.Trim());
        var words = new List<long>();
        _terms.AddWords(TermField.Name, wanted, words);
        var named = _table.FindByTerms([.. _groups, .. words.ConvertAll(word => new List<long> { word })], TermQuery.MaxResults, deadline);
        var keys = KeysOf(named);
        var exact = new HashSet<long>();
        var (next, buffer) = (0, Array.Empty<byte>());
        await reader.ReadNamesAsync(query.Entity, keys.ToArray(), (key, one) =>
        {
            // What does not exist is not shown.
            while (keys[next] != key)
            {
                next++;
            }

            if (NameFolding.Fold(one, ref buffer).SequenceEqual(wanted))
            {
                _ = exact.Add(named[next]);
            }

            return true;
        });
        _ = found.RemoveAll(exact.Contains);
        found.InsertRange(0, named.FindAll(exact.Contains));
        found.RemoveRange(Math.Min(found.Count, TermQuery.MaxResults), Math.Max(0, found.Count - TermQuery.MaxResults));
    }

    /// <summary>What has the code, and the terms.</summary>
    private async ValueTask<List<CatalogKey>> FindByCodeAsync()
    {
        var keys = new List<CatalogKey>();
        if (query.Isrc is { } isrc)
        {
            var tracks = new KeyLists();
            await reader.FindTracksByIsrcInAnyFormAsync((string[])[isrc], tracks);
            keys.AddRange(tracks[0].Span);
        }
        else if (BlockKeys.OfUpc(query.Upc!) is { } upc)
        {
            index.Blocks.FindUpc(upc, keys);
        }

        if (_groups.Count == 0)
        {
            return keys;
        }

        var records = new CatalogRecords();
        await reader.ReadAsync(query.Entity, keys.ToArray(), withAlbums: true, records);
        var wanted = new List<CatalogKey>();
        var terms = new List<long>();
        var track = 0;
        foreach (var key in keys)
        {
            terms.Clear();
            if (query.Entity == Entity.Track && track < records.Tracks.Length && records.Tracks[track].Key == key)
            {
                _terms.Add(records, records.Tracks[track++], records, terms);
            }
            else if (query.Entity == Entity.Album && records.IndexOfAlbum(key) is >= 0 and var album)
            {
                _terms.Add(records, records.Albums[album], records, terms);
            }

            if (_groups.TrueForAll(group => group.Exists(terms.Contains)))
            {
                wanted.Add(key);
            }
        }

        return wanted;
    }

    private async ValueTask<TermResult> PageAsync(List<CatalogKey> keys)
    {
        if (query.Exclude is { } exclude)
        {
            await exclude(reader, keys);
        }

        var total = Math.Min(keys.Count, TermQuery.MaxResults);
        return new TermResult(PartOf(PartOf(keys, 0, total), query.Offset, query.Limit), total);
    }

    private List<CatalogKey> KeysOf(List<long> ordinals) => ordinals.ConvertAll(ordinal => new CatalogKey(_table.KeyOf(ordinal)));

    private static List<T> PartOf<T>(List<T> list, int offset, int limit)
    {
        var start = Math.Min(offset, list.Count);
        return list.GetRange(start, Math.Min(limit, list.Count - start));
    }
}
