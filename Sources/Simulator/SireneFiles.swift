import Diagnostics
import Filesystem
import Tabular

/// The French half of a simulation: two archives and the workforce files, in one pass over the
/// units.
struct SireneFiles {
  let folder: String
  let register: FrenchRegister
  let text: SireneText
  let workforce: Workforce
  let comment: String

  func write(progress: (Double) -> Void) throws(Problem) -> [WrittenFile] {
    try Folder.make(folder)
    let unitPath = "\(folder)/StockUniteLegale_utf8.zip"
    let establishmentPath = "\(folder)/StockEtablissement_utf8.zip"
    let unitZip = try ZipWriter(unitPath)
    let establishmentZip = try ZipWriter(establishmentPath)
    try unitZip.begin(entry: SireneUnits.entry)
    try establishmentZip.begin(entry: SireneEstablishments.entry)
    var unitRows = CSVWriter(to: unitZip)
    var establishmentRows = CSVWriter(to: establishmentZip)
    try unitRows.header(SireneUnits.header)
    try establishmentRows.header(SireneEstablishments.header)

    let workforceFiles = try WorkforceFiles(folder, workforce)
    let units = try SireneUnits(text)
    let establishments = try SireneEstablishments(text, places: register.places)
    let invalid = try register.profile.constants.rate("invalid_row")
    var list: [Establishment] = []
    for rank in 0..<register.count {
      if rank & 0xffff == 0 {
        try Interruption.check()
        progress(Double(rank) / Double(register.count))
      }
      let unit = register.unit(rank)
      register.establishments(of: unit, into: &list)
      try units.write(unit, list, in: register.places.all[unit.place], to: &unitRows)
      for one in list {
        try establishments.write(one, of: unit, to: &establishmentRows)
        try spoil(one, unit, establishments, invalid, to: &establishmentRows)
        if one.jobs > 0 { try writeWorkforce(one, unit, to: workforceFiles) }
      }
    }
    try unitRows.flush()
    try establishmentRows.flush()
    try unitZip.endEntry()
    try establishmentZip.endEntry()
    try unitZip.finish(comment: comment)
    try establishmentZip.finish(comment: comment)
    return [
      WrittenFile(path: establishmentPath, rows: establishmentRows.rows),
      WrittenFile(path: unitPath, rows: unitRows.rows),
    ] + (try workforceFiles.finish())
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
    _ one: Establishment, _ unit: LegalUnit, to files: WorkforceFiles
  ) throws(Problem) {
    let employer = Employer(
      jobs: one.jobs, created: one.created, closed: one.closed,
      division: register.profile.activities[one.activity].division,
      pay: register.profile.groups[unit.group].pay, key: one.key)
    try files.write(employer) { csv in
      csv.digits(unit.siren, 9)
      csv.digits(one.nic, 5)
    }
  }
}
