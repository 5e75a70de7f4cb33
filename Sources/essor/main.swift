import Tabular
import Diagnostics
let clock = ContinuousClock()
let t0 = clock.now
let path = CommandLine.arguments[1]
let reader = try TableReader(try Container.open(path).stream())
let etat = reader.position("etatAdministratifEtablissement")
let emp = reader.position("caractereEmployeurEtablissement")
var n = 0, k = 0, f = 0
try reader.forEachBatch { batch in
  for r in 0..<batch.count {
    let row = batch[r]
    if row[etat].isOnly(65), row[emp].isOnly(79) { k += 1 }
  }
  n += batch.count
  f += batch.faults.count
}
print(n, k, f, clock.now - t0)
