import DuckStore
import Nomenclature
package import Registers

extension Explanation {
  /// A list that names an organisation for a time in which the day of its register does not lie: it does not count.
  package struct Membership: Sendable, Equatable {
    package let list: String
    package let since: Int32?
    package let until: Int32?
    /// The day of the register.
    package let day: Int32
    /// Over by that day; otherwise it is yet to begin.
    package let isOver: Bool
  }
}

extension Release {
  /// The same of the unit of a number, without a look at the registers. A Belgian establishment tells no unit.
  package func membershipsOfOtherDays(of number: OrganisationNumber) throws -> [Explanation.Membership] {
    switch number {
    case .siren(let siren): try membershipsOfOtherDays(.fr, siren)
    case .siret(let siret): try membershipsOfOtherDays(.fr, siret / 100_000)
    case .enterprise(let enterprise): try membershipsOfOtherDays(.be, enterprise)
    case .belgianEstablishment: []
    }
  }

  /// The lists that name an organisation by its number, for another time than that of its register.
  func membershipsOfOtherDays(_ country: Country, _ number: UInt64) throws -> [Explanation.Membership] {
    let record = MemberLists.printed(.init(isFrench: country == .fr, number: number))
    let register = (country == .fr ? Source.sireneUnits : .kbo).rawValue
    let vintage = manifest.sources.filter { $0.source == register }.map(\.vintage).max()
    let day = MemberLists.day(ofVintage: vintage ?? "") ?? 0
    let rows = try store.rows(
      "SELECT * FROM matches WHERE record = \(sqlText(record)) AND method IN ('ended', 'not_yet') ORDER BY source")
    return rows.compactMap { row -> Explanation.Membership? in
      // Releases of before have not the last two columns, and nothing to tell.
      guard row.count > 10 else { return nil }
      return Explanation.Membership(
        list: String(row[0].text.dropFirst("list/".count)), since: row[9].integer.map { Int32($0) },
        until: row[10].integer.map { Int32($0) }, day: day, isOver: row[6].text == "ended")
    }
  }
}

extension MemberLists {
  /// The same, of the imported lists themselves.
  func membershipsOfOtherDays(_ country: Country, _ number: UInt64) -> [Explanation.Membership] {
    let member = MemberList.Member(isFrench: country == .fr, number: number)
    let day = day(of: country)
    return records.compactMap { record -> Explanation.Membership? in
      guard record.entry.member == member, let isOver = record.isOver else { return nil }
      let period = record.period(on: day)
      return Explanation.Membership(
        list: record.list, since: period?.since, until: period?.until, day: day, isOver: isOver)
    }
  }
}

extension ListRecord {
  /// Nil where it is neither over nor yet to begin.
  fileprivate var isOver: Bool? {
    switch standing {
    case .ended: true
    case .notYet: false
    case .number, .rejected, .open: nil
    }
  }

  /// Of several periods, the one that holds on a day, else the next to begin, else the last to end.
  func period(on day: Int32) -> ListFile.Period? {
    let next = periods.filter { $0.place(of: day) < 0 }.min { $0.since ?? 0 < $1.since ?? 0 }
    return periods.first { $0.place(of: day) == 0 } ?? next ?? periods.max { $0.until ?? 0 < $1.until ?? 0 }
  }
}
