"""What is printed lives here, and the files that the accountant takes along: PDF, CSV and XLSX.

Each may be changed as a function of messages and a zone: the same message makes the same bytes.
No store, no route, no clock and no Qt may come in, only rules, wire and the libraries that write.
"""
