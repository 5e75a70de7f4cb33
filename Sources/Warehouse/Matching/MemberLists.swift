import Diagnostics
import Filesystem
import Nomenclature
import Registers
import Tabular

/// A row of a list, and what is known of it before registers are read.
struct ListRecord {
  enum Standing {
    /// It has a number, or a person gave it one.
    case number(MemberList.Member, decided: Bool)
    case rejected
    /// A membership that ended before the day of the registers, or begins after it.
    case ended, notYet
    /// To be found by its name and place, or by the number of an association.
    case open
  }

  let list: String
  let id: String
  /// Its first row, and the dates of all.
  let entry: ListFile.Entry
  let periods: [ListFile.Period]
  let country: Country?
  let standing: Standing

  var isOpen: Bool {
    if case .open = standing { return true }
    return false
  }

  /// The number that the row gives or that a person gave it, whether the membership is in force or not.
  var member: MemberList.Member? {
    if case .number(let member, _) = standing { return member }
    if case .rejected = standing { return nil }
    return entry.member
  }

  var place: String { [entry.postcode, entry.place].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// Who is on which list, by country.
struct MemberLists {
  private(set) var french: [UInt64: String] = [:]
  private(set) var belgian: [UInt64: String] = [:]
  private(set) var records: [ListRecord] = []
  private(set) var reviews: [String: ReviewFile] = [:]
  let items: [SourceArchive.Item]
  /// The day of each country's register: a membership that had ended by then is none.
  private let days: [Country: Int32]

  /// What each list says and how it is read.
  var fingerprints: [String] { items.map(Self.fingerprint) }

  static func fingerprint(_ item: SourceArchive.Item) -> String {
    let columns = (item.receipt.columns ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return "\(item.list) \(item.sha256) \(columns)"
  }

  /// The day on which memberships of a country are looked at.
  func day(of country: Country) -> Int32 { days[country] ?? 0 }

  /// `review`: the folder of what people decided, where that counts.
  init(_ archive: SourceArchive, _ book: NomenclatureBook, review: String?) throws {
    items = archive.lists
    var names: [MemberList.Member: Set<String>] = [:]
    days = Self.days(archive)
    for item in items {
      let list = item.list
      let country = book.lists[list]?.country
      let review = try review.map { try ReviewFile("\($0)/\(list).csv") }
      let decisions = try review?.decisions(of: country) ?? [:]
      reviews[list] = review
      guard let columns = item.receipt.columns else {
        throw Problem("source.no_columns", at: Place(file: item.folder), ["list": list])
      }
      // In the order of the file; rows of one organisation are one record.
      var positions: [String: Int] = [:]
      var rows: [(id: String, entry: ListFile.Entry, periods: [ListFile.Period])] = []
      _ = try ListFile(item.open(), ListMapping(plain: columns)).read(of: country) { entry in
        let id = try entry.member.map(Self.printed) ?? Self.id(entry)
        if let position = positions[id] {
          rows[position].periods.append(entry.period)
        } else {
          positions[id] = rows.count
          rows.append((id, entry, [entry.period]))
        }
      }
      for (id, entry, periods) in rows {
        let standing = Self.standing(
          of: entry, periods, on: days[entry.country ?? country ?? .fr] ?? 0, decisions[id])
        if case .number(let member, _) = standing { names[member, default: []].insert(list) }
        records.append(
          ListRecord(
            list: list, id: id, entry: entry, periods: periods, country: entry.country ?? country,
            standing: standing))
      }
    }
    for (member, lists) in names {
      let text = Self.text(lists)
      if member.isFrench { french[member.number] = text } else { belgian[member.number] = text }
    }
  }

  private static func standing(
    of entry: ListFile.Entry, _ periods: [ListFile.Period], on day: Int32, _ decision: ReviewFile.Decision?
  ) -> ListRecord.Standing {
    let places = periods.map { $0.place(of: day) }
    if !places.contains(0) { return places.contains(-1) ? .notYet : .ended }
    if let member = entry.member { return .number(member, decided: false) }
    return switch decision {
    case .number(let member)?: .number(member, decided: true)
    case .rejected?: .rejected
    case nil: .open
    }
  }

  private static func days(_ archive: SourceArchive) -> [Country: Int32] {
    var days: [Country: Int32] = [:]
    for (country, source) in [(Country.fr, Source.sireneUnits), (.be, .kbo)] {
      days[country] = day(ofVintage: archive.newest(source)?.receipt.vintage ?? "")
    }
    return days
  }

  /// The first day that a vintage can mean; nil where it tells none.
  static func day(ofVintage vintage: String) -> Int32? {
    let parts = vintage.split(separator: "-").compactMap { Int32($0) }
    guard let year = parts.first, year >= 1900 else { return nil }
    return year * 10_000 + (parts.count > 1 ? parts[1] : 1) * 100 + (parts.count > 2 ? parts[2] : 1)
  }

  /// May a list name organisations of a country? One that is of no country in particular may, unless all its rows are of
  /// the other.
  func mayName(_ country: Country, on list: String) -> Bool {
    records.contains { $0.list == list && ($0.member?.country ?? $0.country ?? country) == country }
  }

  /// Whoever was, is or will be on some list by its number: in an older stock, any of them may have been a member.
  func known(_ country: Country) -> [UInt64: String] {
    var names: [UInt64: Set<String>] = [:]
    for record in records {
      if let member = record.member, member.country == country { names[member.number, default: []].insert(record.list) }
    }
    return names.mapValues(Self.text)
  }

  static func text(_ lists: Set<String>) -> String { "|" + lists.sorted().joined(separator: "|") + "|" }

  static func printed(_ member: MemberList.Member) -> String {
    member.isFrench ? Identifiers.padded(member.number, 9) : Identifiers.printedBelgian(member.number)
  }

  /// Of what the row says itself: it stays when rows come and go around it.
  private static func id(_ entry: ListFile.Entry) throws(Problem) -> String {
    let fingerprint = try Fingerprint()
    fingerprint.add(entry.identity)
    return String(fingerprint.finish().prefix(12))
  }
}
