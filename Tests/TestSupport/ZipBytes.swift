/// Zip archives made in memory, byte by byte after PKWARE's APPNOTE.TXT, with every lie a test may want.
package struct ZipBytes: Sendable {
  package struct Entry: Sendable {
    package var name: String
    package var content: [UInt8]
    package var method: Method
    /// What the directory says, where it is not the truth.
    package var claimedSize: Int?
    package var claimedPackedSize: Int?
    package var claimedChecksum: UInt32?
    package var claimedOffset: Int?
    package var claimedMethod: Int?
    package var encrypted = false
    /// Lengths and checksum behind the data instead of before them.
    package var descriptor = Descriptor.none
    /// Sizes and offset in zip64 fields, though they would fit.
    package var zip64 = false
    /// Extra fields before the zip64 one, and in the local header.
    package var extra: [UInt8] = []
    package var comment = ""

    package init(_ name: String, _ content: [UInt8], _ method: Method = .stored) {
      self.name = name
      self.content = content
      self.method = method
    }
  }

  package enum Method: Sendable { case stored, fixed, storedBlocks }
  package enum Descriptor: Sendable { case none, signed, unsigned, wide }

  package var entries: [Entry]
  package var comment: [UInt8] = []
  /// Bytes before the first entry, as a self-extracting archive has; the offsets count them.
  package var prefix: [UInt8] = []
  /// The directory's place and length in a zip64 end record, though they would fit.
  package var zip64 = false
  package var claimedCount: Int?
  package var claimedDirectoryOffset: Int?
  package var claimedDirectorySize: Int?

  package init(_ entries: Entry...) { self.entries = entries }
  package init(_ entries: [Entry]) { self.entries = entries }

  package var bytes: [UInt8] {
    var all = prefix
    var directory: [UInt8] = []
    for entry in entries {
      directory += record(of: entry, offset: all.count)
      all += local(entry)
    }
    let offset = all.count
    return all + directory + end(offset: offset, size: directory.count)
  }

  private func packed(_ entry: Entry) -> [UInt8] {
    switch entry.method {
    case .stored: entry.content
    case .fixed: DeflateBytes.fixed(entry.content)
    case .storedBlocks: DeflateBytes.stored(entry.content, piece: 1000)
    }
  }

  private func flags(_ entry: Entry) -> Int {
    1 << 11 | (entry.encrypted ? 1 : 0) | (entry.descriptor == .none ? 0 : 1 << 3)
  }

  private func method(_ entry: Entry) -> Int { entry.claimedMethod ?? (entry.method == .stored ? 0 : 8) }

  private func local(_ entry: Entry) -> [UInt8] {
    let packed = packed(entry)
    let checksum = Int(checksum32(entry.content))
    let late = entry.descriptor != .none
    var bytes = little(0x0403_4b50, 4) + little(20, 2) + little(flags(entry), 2) + little(method(entry), 2)
    bytes += little(0, 2) + little(0x21, 2) + little(late ? 0 : checksum, 4)
    bytes += little(late ? 0 : packed.count, 4) + little(late ? 0 : entry.content.count, 4)
    bytes += little(entry.name.utf8.count, 2) + little(entry.extra.count, 2)
    bytes += Array(entry.name.utf8) + entry.extra + packed
    let width = entry.descriptor == .wide ? 8 : 4
    switch entry.descriptor {
    case .none: break
    case .signed, .wide: bytes += little(0x0807_4b50, 4)
    case .unsigned: break
    }
    if late { bytes += little(checksum, 4) + little(packed.count, width) + little(entry.content.count, width) }
    return bytes
  }

  private func record(of entry: Entry, offset: Int) -> [UInt8] {
    let size = entry.claimedSize ?? entry.content.count
    let packedSize = entry.claimedPackedSize ?? packed(entry).count
    let offset = entry.claimedOffset ?? offset
    var extra = entry.extra
    if entry.zip64 {
      extra += little(1, 2) + little(24, 2) + little(size, 8) + little(packedSize, 8) + little(offset, 8)
    }
    let full = 0xffff_ffff
    var bytes = little(0x0201_4b50, 4) + little(45, 2) + little(45, 2) + little(flags(entry), 2)
    bytes += little(method(entry), 2) + little(0, 2) + little(0x21, 2)
    bytes += little(Int(entry.claimedChecksum ?? checksum32(entry.content)), 4)
    bytes += little(entry.zip64 ? full : packedSize, 4) + little(entry.zip64 ? full : size, 4)
    bytes += little(entry.name.utf8.count, 2) + little(extra.count, 2) + little(entry.comment.utf8.count, 2)
    bytes += little(0, 2) + little(0, 2) + little(0, 4) + little(entry.zip64 ? full : offset, 4)
    return bytes + Array(entry.name.utf8) + extra + Array(entry.comment.utf8)
  }

  private func end(offset: Int, size: Int) -> [UInt8] {
    let count = claimedCount ?? entries.count
    let start = claimedDirectoryOffset ?? offset
    let length = claimedDirectorySize ?? size
    var bytes: [UInt8] = []
    if zip64 {
      bytes += little(0x0606_4b50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) + little(0, 4)
      bytes += little(count, 8) + little(count, 8) + little(length, 8) + little(start, 8)
      bytes += little(0x0706_4b50, 4) + little(0, 4) + little(offset + size, 8) + little(1, 4)
    }
    bytes += little(0x0605_4b50, 4) + little(0, 2) + little(0, 2)
    bytes += little(zip64 ? 0xffff : count, 2) + little(zip64 ? 0xffff : count, 2)
    bytes += little(zip64 ? 0xffff_ffff : length, 4) + little(zip64 ? 0xffff_ffff : start, 4)
    return bytes + little(comment.count, 2) + comment
  }
}
