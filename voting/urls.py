from django.urls import path

from voting import views
from voting.ballots import views as ballots
from voting.cards import views as cards
from voting.casting import views as casting
from voting.outcome import views as outcome
from voting.paper import views as paper
from voting.reasons import views as reasons
from voting.record import views as record
from voting.room import views as room

app_name = "voting"
urlpatterns = [
    path("", views.ballot_list, name="list"),
    path("new/", ballots.prepare, name="new"),
    *(path(name, record.program, {"name": name}, name=name) for name in record.PROGRAMS),
    path("<slug:reference>/", views.detail, name="detail"),
    path("<slug:reference>/cast/", casting.cast, name="cast"),
    path("<slug:reference>/results/", views.results, name="results"),
    path("<slug:reference>/who-could-vote/", outcome.who_could_vote, name="who"),
    path("<slug:reference>/reasons/", reasons.reasons, name="reasons"),
    path("<slug:reference>/reasons/<uuid:reason>/show/", reasons.show, name="show_reason"),
    path("<slug:reference>/reasons/<uuid:reason>/hold-back/", reasons.hold_back, name="hold_reason_back"),
    path("<slug:reference>/reasons/<uuid:reason>/undo/", reasons.read_again, name="read_reason_again"),
    path("<slug:reference>/record/", record.record, name="record"),
    path("<slug:reference>/receipts/", record.receipts, name="receipts"),
    path("<slug:reference>/bundle.json", record.bundle, name="bundle"),
    path("<slug:reference>/bundle-with-organisations.json", record.bundle_with_organisations, name="own_bundle"),
    path("<slug:reference>/votes.pb", record.pabulib, name="pabulib"),
    path("<slug:reference>/screen/", room.screen, name="screen"),
    path("<slug:reference>/park/", room.park, name="park"),
    path("<slug:reference>/parked/<int:question>/done/", room.parked_done, name="parked_done"),
    path("<slug:reference>/state.json", room.state, name="state"),
    path("<slug:reference>/change/", ballots.change, name="change"),
    path("<slug:reference>/options/", ballots.arrange, name="options"),
    path("<slug:reference>/voters/", ballots.voters, name="voters"),
    path("<slug:reference>/cards/", cards.print_cards, name="cards"),
    path("<slug:reference>/withdraw/", ballots.withdraw, name="withdraw"),
    path("<slug:reference>/open/", ballots.open_ballot, name="open"),
    path("<slug:reference>/pause/", ballots.pause, name="pause"),
    path("<slug:reference>/resume/", ballots.resume, name="resume"),
    path("<slug:reference>/extend/", ballots.extend, name="extend"),
    path("<slug:reference>/void/", ballots.void, name="void"),
    path("<slug:reference>/copy/", ballots.copy, name="copy"),
    path("<slug:reference>/close/", outcome.close_ballot, name="close"),
    path("<slug:reference>/roll/", ballots.add_to_roll, name="roll"),
    path("<slug:reference>/roll/<int:entry>/strike/", ballots.strike, name="strike"),
    path("<slug:reference>/hand-out/", paper.hand_out, name="hand_out"),
    path("<slug:reference>/hand-out/<int:entry>/back/", paper.take_back, name="take_back"),
    path("<slug:reference>/slips/", paper.slips, name="slips"),
    path("<slug:reference>/paper/", paper.paper, name="paper"),
    path("<slug:reference>/paper/<int:number>/", paper.batch, name="batch"),
    path("<slug:reference>/paper/<int:number>/slips/", paper.set_slips, name="batch_slips"),
    path("<slug:reference>/paper/<int:number>/piles/<int:pile>/remove/", paper.remove_pile, name="remove_pile"),
    path("<slug:reference>/paper/<int:number>/spoilt/", paper.add_spoilt, name="batch_spoilt"),
    path("<slug:reference>/paper/<int:number>/spoilt/<int:slip>/remove/", paper.remove_spoilt, name="remove_spoilt"),
    path("<slug:reference>/paper/<int:number>/hand-over/", paper.hand_over, name="hand_over"),
    path("<slug:reference>/paper/<int:number>/confirm/", paper.confirm, name="confirm_batch"),
    path("<slug:reference>/paper/<int:number>/send-back/", paper.send_back, name="send_back"),
    path("<slug:reference>/paper/<int:number>/discard/", paper.discard, name="discard_batch"),
    path("<slug:reference>/preview/", views.preview, name="preview"),
    path("<slug:reference>/reveal/", outcome.reveal_ballot, name="reveal"),
    path("<slug:reference>/run-off/", outcome.prepare_run_off, name="run_off"),
    path("<slug:reference>/outcome/", outcome.publish_outcome, name="outcome"),
    path("<slug:reference>/project/", outcome.make_project, name="project"),
]
