// Checks notes, proofs and tiles with Go's own sumdb packages; run by tests/custody/foreign.py.
//
// One request a line of JSON on standard input, one answer a line on standard output.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type request struct {
	Ask   string   `json:"ask"`
	Note  string   `json:"note"`
	Vkeys []string `json:"vkeys"`
	Skey  string   `json:"skey"`
	Text  string   `json:"text"`
	Path  [][]byte `json:"path"`
	Leaf  []byte   `json:"leaf"`
	Index int64    `json:"index"`
	Old   int64    `json:"old"`
	Was   []byte   `json:"was"`
	Size  int64    `json:"size"`
	Root  []byte   `json:"root"`
	Rows  [][]byte `json:"rows"`
}

func hash(data []byte) (made tlog.Hash) {
	if len(data) != tlog.HashSize {
		panic("a hash of another length")
	}
	copy(made[:], data)
	return made
}

func hashes(many [][]byte) (made []tlog.Hash) {
	for _, one := range many {
		made = append(made, hash(one))
	}
	return made
}

type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var made []tlog.Hash
	for _, one := range indexes {
		made = append(made, s[one])
	}
	return made, nil
}

func tree(rows [][]byte) stored {
	var made stored
	for number, row := range rows {
		more, err := tlog.StoredHashes(int64(number), row, made)
		if err != nil {
			panic(err)
		}
		made = append(made, more...)
	}
	return made
}

func answer(r request) (text string, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("%v", fault)
		}
	}()
	switch r.Ask {
	case "open":
		var known []note.Verifier
		for _, vkey := range r.Vkeys {
			one, err := note.NewVerifier(vkey)
			if err != nil {
				return "", err
			}
			known = append(known, one)
		}
		opened, err := note.Open([]byte(r.Note), note.VerifierList(known...))
		if err != nil {
			return "", err
		}
		return opened.Text, nil
	case "sign":
		signer, err := note.NewSigner(r.Skey)
		if err != nil {
			return "", err
		}
		made, err := note.Sign(&note.Note{Text: r.Text}, signer)
		return string(made), err
	case "record":
		return "", tlog.CheckRecord(hashes(r.Path), r.Size, hash(r.Root), r.Index, hash(r.Leaf))
	case "tree":
		return "", tlog.CheckTree(hashes(r.Path), r.Size, hash(r.Root), r.Old, hash(r.Was))
	case "root":
		made, err := tlog.TreeHash(int64(len(r.Rows)), tree(r.Rows))
		return fmt.Sprintf("%x", made[:]), err
	case "prove":
		proof, err := tlog.ProveRecord(int64(len(r.Rows)), r.Index, tree(r.Rows))
		return fmt.Sprintf("%x", proof), err
	case "tiles":
		text := ""
		rows := tree(r.Rows)
		for _, tile := range tlog.NewTiles(8, 0, int64(len(r.Rows))) {
			data, err := tlog.ReadTileData(tile, rows)
			if err != nil {
				return "", err
			}
			text += fmt.Sprintf("%s %x\n", tile.Path(), data)
		}
		return text, nil
	}
	return "", fmt.Errorf("asked for %q", r.Ask)
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<24)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			return
		}
		var r request
		fault := ""
		text := ""
		if err := json.Unmarshal(line, &r); err != nil {
			fault = err.Error()
		} else if text, err = answer(r); err != nil {
			fault = err.Error()
		}
		out.Encode(map[string]string{"text": text, "fault": fault})
	}
}
