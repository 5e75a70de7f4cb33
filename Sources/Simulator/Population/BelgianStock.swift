/// The Belgian register on the 1 January of an earlier year: the enterprises of today as they were, and those that have
/// ceased since.
struct BelgianStock {
  let register: BelgianRegister
  let changes: Changes
  let year: Int
  let newest: Int

  private var day: Int { DayTable.day(year, 1, 1) }
  private var stock: Int { newest - 1 - year }

  /// What `now` was; nil where it did not exist yet.
  func then(_ now: Enterprise) -> Enterprise? {
    guard now.start < day else { return nil }
    var one = now
    changes.undo(
      form: &one.form, activity: &one.activity, key: now.key, group: now.group, employs: now.employs, from: newest,
      to: year)
    one.address = address(now.place, key: now.key, family: now.family)
    return one
  }

  /// An establishment of an enterprise; nil where it had not opened.
  func then(_ now: EstablishmentUnit, of then: Enterprise, now enterprise: Enterprise) -> EstablishmentUnit? {
    guard now.start < day else { return nil }
    var one = now
    if now.activity == enterprise.activity { one.activity = then.activity }
    one.address = address(now.place, key: now.key, family: enterprise.family)
    return one
  }

  /// The enterprise that has ceased since, with the number after that of a rank.
  func ceased(_ rank: Int) -> Enterprise? {
    guard let (one, ceased) = register.ceased(rank), ceased >= day else { return nil }
    return then(one)
  }

  private func address(_ place: Int, key: UInt64, family: Int) -> Int {
    let moved = changes.place(key: key, from: newest, to: year) { draws in
      register.places.pick(family: family, rural: Rate(0), &draws)
    }
    return register.places.place(moved ?? place, inOlder: stock, key: key)
  }
}
