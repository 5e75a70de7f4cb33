import TestSupport
import Testing
import Wording

@testable import Exchange
@testable import Secrecy

/// Files of SDMX: what a statistical office reads without asking us anything.
@Suite("SDMX")
struct SdmxTests {
  private static let bound = "dataflow,ESSOR:DF_T01(1.0.0),I"

  private static var words: SdmxWords {
    get throws { try SdmxWords(SdmxSample.words) }
  }

  @Test(
    arguments: [
      ("association", "association"), ("60+", "60$2B"), ("15-29", "15-29"), ("total", "_T"), ("_T", "$5FT"),
      ("10/49", "10$2F49"), ("a_b", "a_b"), ("$2B", "$242B"), ("é", "$C3$A9"), ("", "$"), ("\u{1}", "$01"),
    ])
  func `a code is written in the letters of SDMX`(code: String, id: String) {
    #expect(SdmxID.code(code) == id)
  }

  @Test(arguments: [("ess-domain", "ESS_DOMAIN"), ("a17", "A17"), ("17", "D_17"), ("", "D_")])
  func `a concept begins with a letter`(axis: String, id: String) {
    #expect(SdmxID.concept(axis) == id)
  }

  @Test func `every figure is a line of SDMX-CSV`() throws {
    let lines = SdmxSample.text(SdmxCSV(SdmxSample.table(), try Self.words).bytes).split(separator: "\n")
    #expect(
      lines.map(String.init) == [
        "STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,AGE,MEASURE,TIME_PERIOD,OBS_VALUE,"
          + "OBS_STATUS,CONF_STATUS,BASIS,LOWER_BOUND,UPPER_BOUND,UNIT_MEASURE,UNIT_MULT,DECIMALS",
        "\(Self.bound),FR-REG-32,_T,jobs,2021,1200,A,F,exact,,,jobs,0,0",
        "\(Self.bound),FR-REG-32,_T,share,2021,12.3,A,F,exact,,,percent,0,1",
        "\(Self.bound),FR-REG-32,60$2B,jobs,2021,300,E,F,estimated,280,320,jobs,0,0",
        "\(Self.bound),FR-REG-32,60$2B,share,2021,0,A,F,exact,,,percent,0,1",
        // A least has no upper bound.
        "\(Self.bound),FR-REG-32,_T,jobs,2022,900,U,F,partial,900,,jobs,0,0",
        "\(Self.bound),FR-REG-32,_T,share,2022,,M,F,not_available,,,percent,0,1",
        "\(Self.bound),FR-REG-32,60$2B,jobs,2022,,Q,C,not_available,,,jobs,0,0",
        "\(Self.bound),FR-REG-32,60$2B,share,2022,,O,F,not_available,,,percent,0,1",
        "\(Self.bound),FR-DEP-59,_T,jobs,2021,10,A,F,exact,,,jobs,0,0",
        "\(Self.bound),FR-DEP-59,_T,share,2021,,M,F,not_available,,,percent,0,1",
        "\(Self.bound),FR-DEP-59,60$2B,jobs,2021,,Q,C,not_available,,,jobs,0,0",
        "\(Self.bound),FR-DEP-59,60$2B,share,2021,,Q,C,not_available,,,percent,0,1",
        "\(Self.bound),FR-DEP-59,_T,jobs,2022,50,E,F,banded,40,60,jobs,0,0",
        "\(Self.bound),FR-DEP-59,_T,share,2022,3,E,F,approximated,3,,percent,0,1",
        "\(Self.bound),FR-DEP-59,60$2B,jobs,2022,0,A,F,exact,,,jobs,0,0",
        "\(Self.bound),FR-DEP-59,60$2B,share,2022,0,A,F,exact,,,percent,0,1",
      ])
  }

  @Test func `a figure that will be revised is provisional, whatever it rests on`() throws {
    let table = SdmxSample.table(awaited: ["FR": [2022]])
    let lines = SdmxSample.text(SdmxCSV(table, try Self.words).bytes).split(separator: "\n").dropFirst()
    for line in lines {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let (year, value, status) = (fields[6], fields[7], fields[8])
      #expect((status == "P") == (year == "2022" && !value.isEmpty), "\(line)")
    }
  }

  @Test func `with names, each column has its own beside it`() throws {
    let text = SdmxSample.text(SdmxCSV(SdmxSample.table(), try Self.words, named: .en).bytes)
    let start = "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,REF_AREA,Territoire (en),AGE,Âge (en),MEASURE,Measure,"
    #expect(text.hasPrefix(start))
    #expect(text.contains("60$2B,60 ans et plus (en),jobs,Postes (en),2021,2021 (en),300,,E,Estimated value,"))
  }

  @Test func `what is hidden has one status, and no number`() throws {
    let xml = SdmxSample.text(SdmxXML(SdmxSample.table(), try Self.words, SdmxSample.sender).bytes)
    let hidden = xml.split(separator: "<generic:Obs>").dropFirst().filter { $0.contains("value=\"C\"") }
    #expect(hidden.count == 3)
    for observation in hidden {
      #expect(observation.contains("id=\"OBS_STATUS\" value=\"Q\""))
      #expect(!observation.contains("ObsValue") && !observation.contains("BOUND"))
    }
  }

  @Test func `a series has its years one after another`() throws {
    let xml = SdmxSample.text(SdmxXML(SdmxSample.table(), try Self.words, SdmxSample.sender).bytes)
    let series = xml.split(separator: "<generic:Series>").dropFirst()
    #expect(series.count == 8)
    let first = try #require(series.first)
    #expect(first.contains("<generic:Value id=\"REF_AREA\" value=\"FR-REG-32\"/>"))
    let parts = first.split(separator: "<generic:Obs>").dropFirst().map { $0.prefix { $0 != "/" } }
    #expect(parts.map { $0.contains("2021") } == [true, false])
    #expect(first.contains("<generic:ObsValue value=\"1200\"/>") && first.contains("<generic:ObsValue value=\"900\"/>"))
    #expect(xml.contains("<message:Test>true</message:Test>"))
    #expect(xml.contains("<message:Prepared>2024-05-31T00:00:00</message:Prepared>"))
  }

  @Test func `every code of the figures is in the lists, under its parent`() throws {
    let words = try Self.words
    let table = SdmxSample.table()
    let xml = SdmxSample.text(SdmxStructures([table, SdmxSample.table("T02")], words, SdmxSample.sender).bytes)
    let lines = SdmxSample.text(SdmxCSV(table, words).bytes).split(separator: "\n").dropFirst()
    for line in lines {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      for position in [3, 4, 5, 8, 9, 10, 13] {
        #expect(xml.contains("<structure:Code id=\"\(fields[position])\">"), "\(fields[position])")
      }
    }
    #expect(xml.contains("<structure:Parent><Ref id=\"_T\"/>\n</structure:Parent>"))
    #expect(xml.split(separator: "<structure:Codelist id=\"CL_AGE\"").count == 2)
    #expect(xml.contains("id=\"CL_T01_MEASURE\"") && xml.contains("id=\"CL_T02_MEASURE\""))
    #expect(xml.contains("id=\"DSD_T01\"") && xml.contains("id=\"DF_T02\""))
    #expect(!xml.contains("<structure:Codelist id=\"CL_AGE\" agencyID=\"ESSOR\" version=\"1.0.0\" isPartial"))
  }

  @Test func `the structure beside a table says that its lists are partial`() throws {
    let xml = SdmxXML(SdmxSample.table(), try Self.words, SdmxSample.sender)
    #expect(
      SdmxSample.text(xml.structure.bytes).contains(
        "<structure:Codelist id=\"CL_AGE\" agencyID=\"ESSOR\" version=\"1.0.0\" isPartial=\"true\">"))
  }

  @Test func `text of XML and of its attributes is escaped`() {
    var xml = XMLText()
    xml.element("a", [("b", SdmxSample.hostile)], text: SdmxSample.hostile + "\r")
    #expect(
      SdmxSample.text(xml.bytes).hasSuffix(
        "<a b=\"&lt;a &amp; b&gt; &quot;c&quot; ]]&gt; \\ \u{fffd}&#10;😀\">"
          + "&lt;a &amp; b&gt; \"c\" ]]&gt; \\ \u{fffd}\n😀&#13;</a>\n"))
  }

  @Test func `the same table is the same bytes`() throws {
    let words = try Self.words
    let make = { SdmxStructures([SdmxSample.table(), SdmxSample.table("T02")], words, SdmxSample.sender).bytes }
    #expect(make() == make())
  }

  @Test func `every basis has its name`() throws {
    let words = try Self.words
    for basis in Cell.Basis.inSdmx { #expect(words.name(ofCode: basis.rawValue).fr != basis.rawValue) }
  }
}
