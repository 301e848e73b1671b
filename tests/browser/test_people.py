"""People: the card beside a ticket, filing for somebody, and what customers do with their tickets."""

import pytest
from playwright.sync_api import expect

from app.ops import seeding
from tests.browser import inspection
from tests.browser.acts import heading, press, sign_in, toast
from tests.browser.people import AGENT, CUSTOMER
from tests.browser.window import Windows


@pytest.mark.parametrize("java_script", [True, False], ids=["scripted", "without script"])
def test_agent_files_for_a_customer_who_brings_in_somebody_and_solves(
    visit: Windows, java_script: bool
) -> None:
    subject = f"Xylophone, {'scripted' if java_script else 'plain'}"
    agent, customer = visit(java_script=java_script), visit(java_script=java_script)
    sign_in(agent, AGENT, seeding.PASSWORD)
    agent.goto("/inbox/new")
    agent.get_by_label("For whom?").fill(CUSTOMER)
    agent.get_by_label("Subject").fill(subject)
    agent.get_by_label("What was said").fill("It *clinks*.")
    press(agent, "File the ticket")
    toast(agent, "Filed for")
    heading(agent, subject)
    agent.get_by_role("link", name="Log a call").click()
    agent.get_by_label("What was said").fill("Called back")
    press(agent, "Write it down")
    toast(agent, "Written down")

    sign_in(customer, CUSTOMER, seeding.PASSWORD)
    customer.goto("/tickets")
    customer.get_by_role("searchbox", name="Find a ticket").fill("clinks")
    press(customer, "Find")
    customer.get_by_role("link", name=subject).click()
    heading(customer, subject)
    expect(customer.get_by_text("Called back")).to_have_count(0)
    customer.get_by_text("Add someone").click()
    customer.get_by_label("Their email").fill(f"friend.{java_script}@x.example".lower())
    press(customer, "Add")
    toast(customer, "gets an email")
    if java_script:  # the inspection is a script too
        assert inspection.faults(customer) == []
    press(customer, "Mark as solved")
    toast(customer, "Marked as solved")
    press(customer, "Open it again")
    toast(customer, "Open again")


def test_card_of_the_requester_comes_beside_the_ticket(visit: Windows) -> None:
    agent = visit()
    sign_in(agent, AGENT, seeding.PASSWORD)
    agent.goto("/tickets/1")
    expect(agent.get_by_role("heading", name="About ")).to_be_visible()
    assert inspection.faults(agent) == []


def test_guides_are_suggested_while_the_subject_is_typed(visit: Windows) -> None:
    visitor = visit()
    visitor.goto("/tickets/new")
    visitor.get_by_label("What is it about?").press_sequentially("format my text")
    expect(visitor.get_by_role("heading", name="This may be faster")).to_be_visible()
    assert inspection.faults(visitor) == []
