/// Any bytes as a number: the reader says what the grammar says (Tests/Tabular/NumberGrammar.swift).
func tryNumber(_ bytes: [UInt8]) {
  bytes.withUnsafeBufferPointer { buffer in
    for places in 0...3 {
      precondition(NumberReading.decimal(buffer, places: places) == NumberGrammar.number(bytes, places: places))
    }
    precondition(NumberReading.count(buffer) == NumberGrammar.number(bytes, places: 0, isCount: true))
  }
}
