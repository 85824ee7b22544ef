"""tag.py FILE NUMBER TITLE ARTIST ALBUM: tags an audio file."""

import sys

from mediafile import MediaFile

path, number, title, artist, album = sys.argv[1:]
file = MediaFile(path)
file.title, file.artist, file.albumartist, file.album, file.track = title, artist, artist, album, int(number)
file.save()
