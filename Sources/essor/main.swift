import Filesystem
import Nomenclature
import Perimeter
import Territory
let clock = ContinuousClock()
var t = clock.now
@MainActor func lap(_ s: String) { print(s, clock.now - t); t = clock.now }
let inst = try Installation.find(environment: [:])
let book = try NomenclatureBook(share: inst.share); lap("nomen")
let per = try PerimeterBook(share: inst.share, book); lap("perim")
let terr = try TerritoryBook(inst); lap("terr")
print(terr.communes.count, terr.territories.count, terr.french["75101"].map{terr.communes[$0]}!, terr.commune("92094", in: .be)!, terr.commune("59350", in: .fr)!)
print(per.perimeters[1].decide(UnitFacts(country: .be, form: "017", activity: Activity(.nacebel2008, "94200"))))
