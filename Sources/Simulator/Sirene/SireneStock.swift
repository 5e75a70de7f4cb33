import Diagnostics
import Nomenclature
import Tabular

/// The two archives of an older stock of the French register.
struct SireneStock {
  let draft: Draft
  let stock: FrenchStock
  let text: SireneText
  let comment: String

  func write(progress: (Double) -> Void) throws(Problem) -> [WrittenFile] {
    let unitFile = SimulatedFile(.fr, .units, vintage: stock.year)
    let establishmentFile = SimulatedFile(.fr, .establishments, vintage: stock.year)
    let unitZip = try ZipWriter(try draft.begin(unitFile.name))
    let establishmentZip = try ZipWriter(try draft.begin(establishmentFile.name))
    try unitZip.begin(entry: SireneUnits.entry)
    try establishmentZip.begin(entry: SireneEstablishments.entry)
    var unitRows = CSVWriter(to: unitZip)
    var establishmentRows = CSVWriter(to: establishmentZip)
    try unitRows.header(SireneUnits.header)
    try establishmentRows.header(SireneEstablishments.header)
    try SimulationMark.write(SimulationMark.unit, header: SireneUnits.header, to: &unitRows)
    try SimulationMark.write(SimulationMark.establishment, header: SireneEstablishments.header, to: &establishmentRows)
    let units = try SireneUnits(text)
    let establishments = try SireneEstablishments(text, places: stock.register.places)
    var list: [Establishment] = []
    for rank in 0..<stock.register.count {
      if rank & 0xffff == 0 {
        try Interruption.check()
        progress(Double(rank) / Double(stock.register.count))
      }
      let now = stock.register.unit(rank)
      guard var then = stock.then(now) else { continue }
      stock.establishments(of: &then, now: now, into: &list)
      _ = try units.write(then, list, in: stock.register.places.all[now.place], to: &unitRows)
      for one in list { try establishments.write(one, of: then, to: &establishmentRows) }
    }
    try unitRows.flush()
    try establishmentRows.flush()
    try unitZip.endEntry()
    try establishmentZip.endEntry()
    try unitZip.finish(comment: comment)
    try establishmentZip.finish(comment: comment)
    return [
      WrittenFile(file: establishmentFile, rows: establishmentRows.rows),
      WrittenFile(file: unitFile, rows: unitRows.rows),
    ]
  }
}
