/// Where the fields of the records in a stretch of text end: the one result of the two scanners.
///
/// `ends` holds, for each whole record, one offset a field (of the separator or line end behind it);
/// `starts` one offset a record. Both scanners, the fast one of 64-byte masks and the careful one that
/// follows the quoting rules byte by byte, give the same index wherever the text is well formed. The
/// fast one says when it is not, and the careful one takes over for that stretch.
struct RecordIndex {
  private(set) var ends: UnsafeMutablePointer<UInt32>
  private(set) var starts: UnsafeMutablePointer<UInt32>
  private var endCapacity: Int
  private var startCapacity: Int
  /// Entries in `ends`.
  var endCount = 0
  /// Entries in `starts`: whole records, of whatever number of fields.
  var recordCount = 0
  /// The offset behind the last whole record.
  var consumed = 0
  /// How many line feeds stand before `consumed`, inside quotes too.
  var lines = 0
  /// The first NUL byte, if there is one.
  var nul: Int?
  /// The offset of the quote that is still open at the end.
  var openQuote: Int?
  /// Records whose number of fields is not the expected one. They are not among the others.
  var irregular: [Irregular] = []

  struct Irregular: Equatable {
    /// How many records, regular or not, stand before it in the stretch.
    var record: Int
    var start: Int
    var end: Int
    var fields: Int
  }

  /// What one look at 64 bytes may write beyond the count.
  static let margin = 72

  init(bytes: Int) {
    endCapacity = bytes + Self.margin
    startCapacity = bytes / 2 + Self.margin
    ends = .allocate(capacity: endCapacity)
    starts = .allocate(capacity: startCapacity)
  }

  func deallocate() {
    ends.deallocate()
    starts.deallocate()
  }

  mutating func reset() {
    endCount = 0
    recordCount = 0
    consumed = 0
    lines = 0
    nul = nil
    openQuote = nil
    irregular.removeAll(keepingCapacity: true)
  }

  /// Makes room for the worst case of a stretch: every byte a separator.
  mutating func reserve(bytes: Int) {
    if bytes + Self.margin > endCapacity {
      ends.deallocate()
      endCapacity = bytes + Self.margin
      ends = .allocate(capacity: endCapacity)
    }
    if bytes + Self.margin > startCapacity {
      starts.deallocate()
      startCapacity = bytes + Self.margin
      starts = .allocate(capacity: startCapacity)
    }
  }
}
