import Diagnostics
import Nomenclature
import Tabular

/// The French half of a simulation: two archives, the workforce files and the lists, in one
/// pass over the units.
struct SireneFiles {
  let draft: Draft
  let register: FrenchRegister
  let text: SireneText
  let workforce: Workforce
  let memberships: MembershipTable
  let publishers: FrenchPublishers
  let associations: AssociationFiles
  let actors: FrenchActors
  let comment: String

  func write(progress: (Double) -> Void) throws(Problem) -> [WrittenFile] {
    var archives = try SireneArchives(in: draft)
    let workforceFiles = try WorkforceFiles(.fr, workforce, in: draft)
    let lists = try ListFiles(.fr, lists: memberships.lists, header: "siren,denomination", in: draft)
    let units = try SireneUnits(text)
    let establishments = try SireneEstablishments(text, places: register.places)
    let invalid = try register.profile.constants.rate("invalid_row")
    var numbers = RegisteredNumbers(register.profile)
    var list: [Establishment] = []
    for rank in 0..<register.count {
      if rank & 0xffff == 0 {
        try Interruption.check()
        progress(Double(rank) / Double(register.count))
      }
      let unit = register.unit(rank)
      register.establishments(of: unit, into: &list)
      let place = register.places.all[unit.place]
      let naming = try units.write(
        unit, list, in: place, association: numbers.take(for: unit, in: place), to: &archives.units)
      var found = Memberships()
      if unit.closed == nil {
        found = memberships.lists(ofForm: unit.form, key: unit.key, employs: unit.employs)
        if !found.isEmpty {
          try lists.write(found) { units.writeMember(unit, naming: naming, in: place, to: &$0) }
        }
      }
      associations.see(unit, rank: rank)
      try actors.see(unit, list, found, in: place)
      let standing = unit.employs ? publishers.standing(of: unit, found) : nil
      for one in list {
        try establishments.write(one, of: unit, to: &archives.establishments)
        try spoil(one, unit, establishments, invalid, to: &archives.establishments)
        if one.jobs > 0, let standing { try writeWorkforce(one, unit, standing, to: workforceFiles) }
      }
    }
    return try archives.finish(comment: comment) + (try workforceFiles.finish()) + (try lists.finish()) + [
      try actors.finish()
    ]
      + (try publishers.write(in: draft)) + (try associations.write(in: draft, comment: comment))
  }

  /// Now and then follows a row with one that an import must reject. It says nothing new: what is
  /// kept of the file is the same with and without it.
  private func spoil(
    _ one: Establishment, _ unit: LegalUnit, _ rows: SireneEstablishments, _ rate: Rate,
    to csv: inout CSVWriter
  ) throws(Problem) {
    var draws = Draws(key: one.key, 20_000)
    for fault in SireneEstablishments.Fault.allCases where draws.happens(rate) {
      try rows.write(one, of: unit, fault: fault, to: &csv)
    }
  }

  private func writeWorkforce(
    _ one: Establishment, _ unit: LegalUnit, _ standing: FrenchTally.Standing, to files: WorkforceFiles
  ) throws(Problem) {
    let cells = publishers.cells(of: one, standing)
    try files.write(register.employer(one, of: unit)) { csv in
      csv.digits(unit.siren, 9)
      csv.digits(one.nic, 5)
    } each: { year, told in
      if let cells { publishers.add(told, in: year, to: cells) }
    }
  }
}
