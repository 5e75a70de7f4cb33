/// The French register on the 1 January of an earlier year: the same units, as they were.
struct FrenchStock {
  let register: FrenchRegister
  let workforce: Workforce
  let changes: Changes
  let year: Int

  /// The year of the newest stock.
  private var newest: Int { workforce.years.upperBound + 1 }
  private var day: Int { DayTable.day(year, 1, 1) }
  /// Among the older stocks, the newest of them first.
  private var place: Int { newest - 1 - year }

  /// What `now` was; nil where it did not exist yet.
  func then(_ now: LegalUnit) -> LegalUnit? {
    guard now.created < day else { return nil }
    var unit = now
    if let closed = now.closed, closed >= day { unit.closed = nil }
    changes.undo(
      form: &unit.form, activity: &unit.activity, key: now.key, group: now.group, employs: now.employs, from: newest,
      to: year)
    return unit
  }

  /// Fills the list with the establishments of the unit then; those of today are in the order of their opening, and
  /// the last head office that had opened was the one.
  func establishments(of then: inout LegalUnit, now: LegalUnit, into list: inout [Establishment]) {
    register.establishments(of: now, into: &list)
    list.removeAll { $0.created >= day }
    let seat = min(now.moves, list.count - 1)
    for position in list.indices {
      list[position].isHeadOffice = position == seat
      if list[position].activity == now.activity { list[position].activity = then.activity }
      list[position].place = register.places.place(list[position].place, inOlder: place, key: list[position].key)
      settle(&list[position], of: now)
    }
    then.moves = seat
    then.branches = list.count - 1 - seat
  }

  /// Open or closed, and the staff of the year before.
  private func settle(_ one: inout Establishment, of now: LegalUnit) {
    guard one.closed ?? day >= day else {
      one.band = SizeBands.none
      one.jobs = 0
      return
    }
    let jobs = one.jobs > 0 ? workforce.jobs(of: register.employer(one, of: now), in: year - 1) : 0
    one.closed = nil
    if one.jobs > 0 || one.band > SizeBands.none { one.band = SizeBands.band(of: jobs) }
    one.jobs = jobs
  }
}
