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
    var archives = try SireneArchives(in: draft, vintage: stock.year)
    let units = try SireneUnits(text)
    let establishments = try SireneEstablishments(text, places: stock.register.places)
    var numbers = RegisteredNumbers(stock.register.profile)
    var list: [Establishment] = []
    for rank in 0..<stock.register.count {
      if rank & 0xffff == 0 {
        try Interruption.check()
        progress(Double(rank) / Double(stock.register.count))
      }
      let now = stock.register.unit(rank)
      let place = stock.register.places.all[now.place]
      // Those that were not there yet count too: the others keep the numbers that they have today.
      let association = numbers.take(for: now, in: place)
      guard var then = stock.then(now) else { continue }
      stock.establishments(of: &then, now: now, into: &list)
      _ = try units.write(then, list, in: place, association: association, to: &archives.units)
      for one in list { try establishments.write(one, of: then, to: &archives.establishments) }
    }
    return try archives.finish(comment: comment)
  }
}
