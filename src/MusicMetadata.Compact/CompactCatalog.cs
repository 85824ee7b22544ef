using System.Globalization;
using MusicMetadata.Catalog;
using MusicMetadata.Compact.Reading;
using MusicMetadata.Sqlite;

namespace MusicMetadata.Compact;
